using PnnEdge.Link.Broker;
using PnnEdge.Link.Session;
using PnnEdge.Link.Transport;
using PnnEdge.Training.Systems;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Link.Devices;

/// <summary>A device behind the wire as a physical system: batches out as blocks of codes, measured volts back in order.</summary>
public sealed class WirePhysicalSystem : IPhysicalSystem
{
    private readonly IHostTransport _transport;
    private readonly SessionRunner _runner;
    private readonly SemaphoreSlim _oneBatch = new(1, 1);
    private readonly BankScales _actuators;
    private bool _isDisposed;

    private WirePhysicalSystem(IHostTransport transport, SessionRunner runner)
    {
        (_transport, _runner) = (transport, runner);
        Description = runner.Session.Description!;
        _actuators = new BankScales(PlanBuilder.OfRole(runner.Session.Facts.Hello!, ChannelRole.Actuator));
    }

    public SystemDescription Description { get; }

    public SystemUsage Usage => _runner.Session.Counters.Usage;

    /// <summary>Frames of ours that the device refused, by reason.</summary>
    internal RefusalCount RefusedByDevice => _runner.Session.RefusedByDevice;

    /// <summary>How many blocks may be in flight, as the device told.</summary>
    public int Window => _runner.Session.Facts.Hello!.Window;

    /// <summary>The most blocks that ever were.</summary>
    internal int PeakInFlight => _runner.Session.PeakInFlight;

    internal int ShotsPerBlock => _runner.Session.Facts.Plan!.ShotsPerBlock;

    /// <summary>Finds the device, takes its lease and tells it the plan.</summary>
    /// <param name="random">Seeded by the caller: draws the lease's holder, the run id and the spread of reconnections. Two sessions of one device need different ones.</param>
    /// <exception cref="PhysicalSystemException">No broker, no device, another protocol, a lease that another host holds, a plan it cannot play.</exception>
    public static Task<WirePhysicalSystem> ConnectAsync(
        BrokerAddress broker, DeviceAddress device, RunShape shape, SessionOptions options, TimeProvider time, Random random, CancellationToken cancellation)
    {
        HostTransport transport = new(broker, device, time, random);
        return OpenAsync(transport, device, shape, options, time, random, cancellation);
    }

    /// <summary>The same over any transport, which then belongs to the system.</summary>
    public static async Task<WirePhysicalSystem> OpenAsync(
        IHostTransport transport, DeviceAddress device, RunShape shape, SessionOptions options, TimeProvider time, Random random, CancellationToken cancellation)
    {
        SessionFacts facts = new(device.ToString(), NotZero(random), NotZero(random), shape, options, () => transport.Peer);
        SessionRunner runner = new(transport, facts, time);
        try
        {
            await runner.RunJobAsync(new BatchJob(null, cancellation));
            return new WirePhysicalSystem(transport, runner);
        }
        catch
        {
            await runner.DisposeAsync();
            await transport.DisposeAsync();
            throw;
        }
    }

    public async Task<Measurement> RunAsync(Stimulus stimulus, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        StimulusGuard.Require(Description, stimulus);
        await _oneBatch.WaitAsync(cancellation);
        try
        {
            BatchJob job = new(stimulus, cancellation);
            await _runner.RunJobAsync(job);
            return new Measurement(stimulus.FirstShot, stimulus.Shots, job.AppliedVolts, Applied(stimulus.ActuatorVolts), job.MeasuredVolts);
        }
        finally
        {
            _oneBatch.Release();
        }
    }

    /// <summary>Disarms the device, then disconnects.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            await _runner.DisposeAsync();
            await _transport.DisposeAsync();
            _oneBatch.Dispose();
        }
    }

    /// <summary>What the device's converters make of the values asked, V.</summary>
    private float[] Applied(float[] volts)
    {
        float[] applied = new float[volts.Length];
        int beyond = _actuators.Round(volts, applied);
        return beyond < 0 ? applied : throw new InvalidOperationException($"A volt that no code reaches came past the guard, at actuator {beyond}.");
    }

    private static uint NotZero(Random random) => (uint)random.NextInt64(1, 1L + uint.MaxValue);
}
