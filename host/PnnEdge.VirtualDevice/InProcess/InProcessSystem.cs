using PnnEdge.Firmware.Core;
using PnnEdge.Physics;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice.Clocks;
using PnnEdge.VirtualDevice.Converters;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.Wire;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;

namespace PnnEdge.VirtualDevice.InProcess;

/// <summary>
/// A virtual device without a wire: the same frames through the same firmware core and converters, by function call. Its
/// results equal those over MQTT bit for bit.
/// </summary>
public sealed class InProcessSystem : IPhysicalSystem
{
    private readonly VirtualConverters _converters;
    private readonly RunPlan _plan;
    private readonly VoltScale _drive;
    private readonly BankScales _actuators;
    private readonly InProcessSession _session;
    private long _passes;

    /// <param name="sampleRateHz">The rate of <paramref name="bench"/>'s equations.</param>
    /// <param name="time">Measures computing time.</param>
    /// <exception cref="PhysicalSystemException">The board cannot play such shots.</exception>
    public InProcessSystem(Board board, IBenchPhysics bench, double sampleRateHz, ShotShape shot, InjectedFaults faults, TimeProvider time)
    {
        ShotClock clock = new();
        _converters = new VirtualConverters(board, bench, sampleRateHz, faults, time, Pacing.AsFastAsPossible, clock);
        ChannelRecord drive = board.OfRole(ChannelRole.Stimulus)[0], node = board.OfRole(ChannelRole.Measurement)[0];
        VoltScale nodeScale = new(node.MinVolts, node.MaxVolts, node.Bits);
        _drive = new VoltScale(drive.MinVolts, drive.MaxVolts, drive.Bits);
        _actuators = new BankScales(board.OfRole(ChannelRole.Actuator));
        _plan = InProcessPlan.For(board, sampleRateHz, shot);
        Description = InProcessPlan.Describe(bench.Name, board, _plan, _drive, nodeScale);
        _session = new InProcessSession(Description.Name, board, _converters, _plan, _drive, nodeScale, clock, faults);
    }

    public SystemDescription Description { get; }

    public SystemUsage Usage => new(_passes, 0, 0, 0, _converters.ComputeSeconds);

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

    public ValueTask DisposeAsync()
    {
        _session.Close();
        return ValueTask.CompletedTask;
    }
}
