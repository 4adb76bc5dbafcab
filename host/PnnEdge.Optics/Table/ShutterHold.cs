using PnnEdge.Optics.Scpi;

namespace PnnEdge.Optics.Table;

/// <summary>The lease on an open shutter: over when it was not renewed within so many seconds. Not for several threads.</summary>
internal sealed class ShutterHold : IDisposable
{
    public const double MostSeconds = 3600;

    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private long _renewed;

    /// <param name="look">Called, on a thread of the timer's, when the lease may be over.</param>
    public ShutterHold(TimeProvider time, Action look)
    {
        _time = time;
        _timer = time.CreateTimer(_ => look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>0 for a lease without an end.</summary>
    public double Seconds { get; private set; }

    public void Set(double seconds) =>
        Seconds = seconds is >= 0 and <= MostSeconds ? seconds : throw new ScpiRefusalException(-222, $"0 to {MostSeconds} s are possible");

    public void Renew()
    {
        _renewed = _time.GetTimestamp();
        _timer.Change(Seconds > 0 ? TimeSpan.FromSeconds(Seconds) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Asked by who was called: it may have been renewed meanwhile, and a timer may be early. Where it is not over, the call comes again.</summary>
    public bool IsOver()
    {
        TimeSpan left = TimeSpan.FromSeconds(Seconds) - _time.GetElapsedTime(_renewed);
        if (Seconds > 0 && left > TimeSpan.Zero) { _timer.Change(left, Timeout.InfiniteTimeSpan); }
        return Seconds > 0 && left <= TimeSpan.Zero;
    }

    public void End() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void Dispose() => _timer.Dispose();
}
