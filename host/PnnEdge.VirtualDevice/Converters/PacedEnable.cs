using PnnEdge.Firmware.Core.Ports;
using PnnEdge.VirtualDevice.Clocks;

namespace PnnEdge.VirtualDevice.Converters;

/// <summary>The simulated enable line, and the time that a block takes on real converters: when the line is released, the waiting ends with it.</summary>
/// <param name="shotClock">Advanced by the time blocks take; null when the device runs on real time.</param>
internal sealed class PacedEnable(TimeProvider time, Pacing pacing, ShotClock? shotClock) : IEnableLine
{
    private readonly Lock _gate = new();
    private CancellationTokenSource? _playing;
    private bool _isUp;

    public bool IsUp
    {
        get { lock (_gate) { return _isUp; } }
    }

    public void Toggle()
    {
        lock (_gate) { _isUp = true; }
    }

    public void Release()
    {
        lock (_gate)
        {
            _isUp = false;
            _playing?.Cancel();
        }
    }

    /// <summary>Lets the time pass that real converters would have taken; false without the enable line, or when it was released meanwhile: the block ran dry.</summary>
    /// <param name="start">Timestamp of the block's begin.</param>
    public bool Pace(long blockMicros, long start)
    {
        shotClock?.Advance(blockMicros);
        if (pacing == Pacing.RealTime)
        {
            TimeSpan left = TimeSpan.FromMicroseconds(blockMicros) - time.GetElapsedTime(start);
            if (left > TimeSpan.Zero) { Wait(left); }
        }

        return IsUp;
    }

    private void Wait(TimeSpan left)
    {
        using CancellationTokenSource playing = new();
        lock (_gate)
        {
            if (!_isUp) { return; }
            _playing = playing;
        }

        try
        {
            // Timers count whole milliseconds and drop the rest: rounded up, an answer is never sooner than real converters'.
            Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), time, playing.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            // Made safe: the enable line says so.
        }
        finally
        {
            lock (_gate) { _playing = null; }
        }
    }
}
