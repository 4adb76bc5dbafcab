using PnnEdge.Firmware.Core;
using PnnEdge.Physics;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Clocks;
using PnnEdge.VirtualDevice.Converters;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.Wire;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;

namespace PnnEdge.VirtualDevice.InProcess;

/// <summary>
/// A device without a wire: the same frames through the same firmware core and converters, by function call. A virtual device's
/// results equal those over MQTT bit for bit.
/// </summary>
public sealed class InProcessSystem : IPhysicalSystem
{
    private readonly RunPlan _plan;
    private readonly VoltScale _drive;
    private readonly BankScales _actuators;
    private readonly InProcessSession _session;
    private readonly Func<double> _physicsSeconds;
    private long _passes;

    /// <summary>A virtual device.</summary>
    /// <param name="sampleRateHz">The rate of <paramref name="bench"/>'s equations.</param>
    /// <param name="time">Measures computing time.</param>
    /// <param name="lagOf">Of a codec board, from a block's first shot to its lag, samples; null for one drawn by chance.</param>
    /// <param name="unit">What is not exact about the board's converters; null for exact ones.</param>
    /// <exception cref="PhysicalSystemException">The board cannot play such shots.</exception>
    public InProcessSystem(
        Board board, IBenchPhysics bench, double sampleRateHz, ShotShape shot, InjectedFaults faults, TimeProvider time, Func<ulong, double>? lagOf = null,
        ConverterUnit? unit = null)
        : this(bench.Name, board, sampleRateHz, shot, settleMicros: 0, VirtualDevice(board, bench, sampleRateHz, faults, time, lagOf, unit))
    {
    }

    /// <summary>Any device of this process.</summary>
    /// <param name="bench">What stands on it, for its name.</param>
    /// <param name="settleMicros">Waited after an actuator moved, µs.</param>
    /// <param name="physicsSeconds">Of its converters since it was opened.</param>
    /// <exception cref="PhysicalSystemException">The board cannot play such shots, or the device refused.</exception>
    public InProcessSystem(string bench, Board board, double sampleRateHz, ShotShape shot, uint settleMicros, IInProcessDevice device, Func<double> physicsSeconds)
        : this(bench, board, sampleRateHz, shot, settleMicros, (device, physicsSeconds))
    {
    }

    private InProcessSystem(
        string bench, Board board, double sampleRateHz, ShotShape shot, uint settleMicros, (IInProcessDevice Device, Func<double> Seconds) device)
    {
        ChannelRecord drive = board.OfRole(ChannelRole.Stimulus)[0], node = board.OfRole(ChannelRole.Measurement)[0];
        VoltScale nodeScale = new(node);
        _drive = new VoltScale(drive);
        _actuators = new BankScales(board.OfRole(ChannelRole.Actuator));
        _plan = InProcessPlan.For(board, sampleRateHz, shot, settleMicros);
        _physicsSeconds = device.Seconds;
        Description = InProcessPlan.Describe(bench, board, _plan, _drive, nodeScale, shot);
        _session = new InProcessSession(Description.Name, board, _plan, _drive, nodeScale, device.Device);
    }

    public SystemDescription Description { get; }

    public SystemUsage Usage => new(_passes, 0, 0, 0, _physicsSeconds());

    public Task<Measurement> RunAsync(Stimulus stimulus, CancellationToken cancellation)
    {
        StimulusGuard.Require(Description, stimulus);
        Measurement measured = new(
            stimulus.FirstShot, stimulus.Shots, new float[stimulus.Volts.Length], new float[stimulus.ActuatorVolts.Length],
            new float[stimulus.Shots * _plan.MeasurementWords]);
        for (int shot = 0; shot < stimulus.Shots; shot += _plan.ShotsPerBlock)
        {
            cancellation.ThrowIfCancellationRequested();
            _session.Play(
                stimulus.FirstShot + (ulong)shot, Math.Min(_plan.ShotsPerBlock, stimulus.Shots - shot), stimulus.Volts, shot * _plan.StimulusWords,
                stimulus.ActuatorVolts, measured.Volts, shot * _plan.MeasurementWords);
        }

        _drive.RoundVolts(stimulus.Volts, 0, stimulus.Volts.Length, measured.AppliedVolts);
        _actuators.Round(stimulus.ActuatorVolts, measured.AppliedActuatorVolts);
        _passes += stimulus.Shots;
        return Task.FromResult(measured);
    }

    /// <summary>Gives the lease back, so that the outputs are safe; the next call takes it again.</summary>
    /// <exception cref="PhysicalSystemException">The device refused.</exception>
    public void StandDown() => _session.Close();

    public ValueTask DisposeAsync()
    {
        StandDown();
        return ValueTask.CompletedTask;
    }

    private static (IInProcessDevice, Func<double>) VirtualDevice(
        Board board, IBenchPhysics bench, double sampleRateHz, InjectedFaults faults, TimeProvider time, Func<ulong, double>? lagOf, ConverterUnit? unit)
    {
        ShotClock clock = new();
        IVirtualConverters converters = BoardConverters.Of(board, bench, sampleRateHz, faults, time, Pacing.AsFastAsPossible, clock, lagOf, unit);
        VirtualHealth health = new(() => converters.NewestShot, faults);
        return (new SteppedDevice(board, converters, health, clock, faults), () => converters.ComputeSeconds);
    }
}
