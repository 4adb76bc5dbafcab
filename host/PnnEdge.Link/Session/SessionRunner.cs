using System.Buffers;
using System.Threading.Channels;
using PnnEdge.Link.Transport;
using PnnEdge.Training.Systems;
using PnnEdge.Wire.Host;

namespace PnnEdge.Link.Session;

/// <summary>
/// Gives a session its own task: wakes it when frames arrive, when a job begins and when something is due, so that the lease
/// is renewed whatever the training thread does. One wake serves every frame that has arrived by then.
/// </summary>
internal sealed class SessionRunner : IAsyncDisposable
{
    private const int InboxFrames = 1024;
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(1);

    private readonly record struct Arrival(byte[] Buffer, int Length, bool Retained);

    private readonly IHostTransport _transport;
    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly int _maxFrameBytes;
    private readonly Channel<Arrival> _inbox = Channel.CreateBounded<Arrival>(new BoundedChannelOptions(InboxFrames) { SingleReader = true });
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Channel<BatchJob> _jobs = Channel.CreateUnbounded<BatchJob>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _timer;
    private readonly Task _running;
    private long _timerAt = long.MaxValue;
    private volatile bool _timerRang;
    private volatile bool _closing;
    private volatile bool _stopping;
    private volatile Exception? _failure;

    public SessionRunner(IHostTransport transport, SessionFacts facts, TimeProvider time)
    {
        (_transport, _time, _origin, _maxFrameBytes) = (transport, time, time.GetTimestamp(), facts.Options.MaxFrameBytes);
        Session = new DeviceSession(facts, transport.Send, new HostCrc32());
        _timer = time.CreateTimer(static self => ((SessionRunner)self!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _running = Task.Run(RunAsync);
        transport.Start(Arrived, Wake);
    }

    public DeviceSession Session { get; }

    public async Task RunJobAsync(BatchJob job)
    {
        if (_failure is { } failure)
        {
            throw new PhysicalSystemException($"The session with the device has ended: {failure.Message}", failure);
        }

        await using CancellationTokenRegistration cancelled = job.Cancellation.UnsafeRegister(static self => ((SessionRunner)self!).Wake(), this);
        _jobs.Writer.TryWrite(job);
        Wake();
        await job.Ended;
    }

    /// <summary>Disarms while the device answers, then ends the task; the transport is the caller's.</summary>
    public async ValueTask DisposeAsync()
    {
        _closing = true;
        Wake();
        try
        {
            await _closed.Task.WaitAsync(FarewellTime, _time);
        }
        catch (TimeoutException)
        {
            // The device is not there; its lease lapses by itself.
        }

        _stopping = true;
        Wake();
        await _running;
        await _timer.DisposeAsync();
    }

    private long NowMicros => (long)_time.GetElapsedTime(_origin).TotalMicroseconds;

    private void Wake() => _wake.Writer.TryWrite(true);

    private void Ring()
    {
        _timerRang = true;
        Wake();
    }

    private void Arrived(ReadOnlySpan<byte> frame, bool retained)
    {
        if (frame.Length > _maxFrameBytes) { return; }
        byte[] copy = ArrayPool<byte>.Shared.Rent(Math.Max(1, frame.Length));
        frame.CopyTo(copy);
        if (_inbox.Writer.TryWrite(new Arrival(copy, frame.Length, retained)))
        {
            Wake();
        }
        else
        {
            ArrayPool<byte>.Shared.Return(copy); // as good as lost on the wire: its sequence is asked for again
        }
    }

    private async Task RunAsync()
    {
        BatchJob? job = null;
        try
        {
            while (!_stopping)
            {
                Turn(ref job);
                await _wake.Reader.WaitToReadAsync();
                _wake.Reader.TryRead(out _);
            }
        }
        catch (Exception e)
        {
            // An error of ours: nobody may wait for a task that has ended.
            _failure = e;
            job?.Fail(new PhysicalSystemException($"The session with the device has ended: {e.Message}", e));
        }
        finally
        {
            _closed.TrySetResult();
            _failure ??= new ObjectDisposedException(nameof(SessionRunner));
            job?.Fail(new PhysicalSystemException("The session with the device was closed while a batch was under way."));
            while (_jobs.Reader.TryRead(out BatchJob? left))
            {
                left.Fail(new PhysicalSystemException("The session with the device was closed before the batch began."));
            }
        }
    }

    private void Turn(ref BatchJob? job)
    {
        long now = NowMicros;
        Session.TransportChanged(_transport.IsConnected, now);
        while (_inbox.Reader.TryRead(out Arrival arrival))
        {
            Session.Handle(arrival.Buffer, arrival.Length, arrival.Retained, now);
            ArrayPool<byte>.Shared.Return(arrival.Buffer);
        }

        if ((job is null || job.IsEnded) && _jobs.Reader.TryRead(out job))
        {
            Session.Begin(job, now);
        }

        if (_closing && !_closed.Task.IsCompleted)
        {
            CloseSession(now);
        }

        Session.Serve(now);
        _transport.Flush();
        if (job is { IsEnded: true } && _jobs.Reader.TryPeek(out _))
        {
            Wake();
        }

        ArmTimer(Session.NextDueMicros(), now);
    }

    private void CloseSession(long now)
    {
        if (!Session.IsClosing)
        {
            Session.Close(now);
        }

        if (Session.IsClosed)
        {
            _closed.TrySetResult();
        }
    }

    /// <summary>An alarm that rings early does no harm, so it is set anew only when something is due before it.</summary>
    private void ArmTimer(long dueMicros, long nowMicros)
    {
        // A timer may ring a little before its time: what counts is that it has rung.
        if (_timerRang)
        {
            _timerRang = false;
            _timerAt = long.MaxValue;
        }

        if (dueMicros < _timerAt)
        {
            _timerAt = dueMicros;

            double millis = Math.Ceiling(Math.Max(0, dueMicros - nowMicros) / 1000.0);
            _timer.Change(TimeSpan.FromMilliseconds(Math.Max(1, millis)), Timeout.InfiniteTimeSpan);
        }
    }
}
