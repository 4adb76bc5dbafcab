using PnnEdge.Firmware.Core;
using PnnEdge.Physics;
using PnnEdge.VirtualDevice.Clocks;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.Wire;
using PnnEdge.Wire.Messages;

namespace PnnEdge.VirtualDevice.Converters;

/// <summary>
/// One drive converter, one measuring converter and the static outputs of a simulated board, in front of a bench's physics:
/// codes in, codes out, as the firmware's port wants them.
/// </summary>
/// <remarks>
/// The drive is held for a sample and does not slew (ours). Where an output cannot follow a step, its channel's MaxStepVolts says
/// so and the firmware refuses the words (WIRE.md, M-3): slewing them in silence would play what nobody asked for, and the physics
/// has no time within a sample to show it. The simulated boards follow every step inside their limits.
/// </remarks>
public sealed class VirtualConverters : IVirtualConverters
{
    private readonly IBenchPhysics _bench;
    private readonly ConverterFaults _faults;
    private readonly ConverterUnit _unit;
    private readonly TimeProvider _time;
    private readonly PacedEnable _enable;
    private readonly uint _rateMilliHertz;
    private readonly VoltScale _drive;
    private readonly VoltScale _node;
    private readonly object _gate = new();
    private readonly VirtualActuators _actuators;
    private readonly float _restVolts;
    private float[] _driveVolts = [];
    private float[] _nodeVolts = [];
    private bool _actuatorsMoved;

    /// <param name="time">Measures computing time and paces real-time playing.</param>
    /// <param name="shotClock">Advanced by the time shots take on real converters; null when the device runs on real time.</param>
    /// <param name="unit">What is not exact about them; null for exact ones.</param>
    public VirtualConverters(
        Board board, IBenchPhysics bench, double sampleRateHz, InjectedFaults faults, TimeProvider time, Pacing pacing, ShotClock? shotClock, ConverterUnit? unit = null)
    {
        if (board.Count(ChannelRole.Stimulus) != 1 || board.Count(ChannelRole.Measurement) != 1)
        {
            throw new ArgumentException(
                $"Board {board.Name} has {board.Count(ChannelRole.Stimulus)} stimulus and {board.Count(ChannelRole.Measurement)} measurement channels; the simulator plays one of each.",
                nameof(board));
        }

        faults.RequireOn(board);
        ChannelRecord drive = board.OfRole(ChannelRole.Stimulus)[0], node = board.OfRole(ChannelRole.Measurement)[0];
        _bench = bench;
        _unit = unit ?? ConverterUnit.Exact;
        _time = time;
        _enable = new PacedEnable(time, pacing, shotClock);
        _rateMilliHertz = (uint)Math.Round(sampleRateHz * 1000);
        _drive = new VoltScale(drive);
        _node = new VoltScale(node);
        _faults = new ConverterFaults(faults.OfConverters, _drive, _node);
        _restVolts = drive.SafeVolts;
        _actuators = new VirtualActuators(board.OfRole(ChannelRole.Actuator));
        if (_actuators.Count != bench.ActuatorCount)
        {
            throw new ArgumentException($"Board {board.Name} has {_actuators.Count} actuators; bench {bench.Name} takes {bench.ActuatorCount}.", nameof(bench));
        }
    }

    public double ComputeSeconds { get; private set; }

    public ulong NewestShot { get; private set; }

    public bool IsEnabled => _enable.IsUp;

    public FaultCode MakeSafe()
    {
        lock (_gate)
        {
            _enable.Release();
            _actuators.MakeSafe();
            return FaultCode.None;
        }
    }

    public void PulseEnable() => _enable.Toggle();

    public FaultCode SetActuators(float[] volts, out int failed)
    {
        bool haveCodes = _actuators.TryPrepare(volts, out failed);
        lock (_gate)
        {
            // Without the enable line the outputs stay where they are: at their safe values.
            if (!haveCodes || !_enable.IsUp)
            {
                return FaultCode.ActuatorReadback;
            }

            _actuators.SetPrepared();
            _actuatorsMoved = true;
            return FaultCode.None;
        }
    }

    public float[] ActuatorVolts()
    {
        lock (_gate)
        {
            return [.. _actuators.Volts];
        }
    }

    /// <summary>The simulated sample clock has one rate: that of the physics.</summary>
    public uint SetSampleRate(uint milliHertz) => _rateMilliHertz;

    public int Play(RunPlan plan, ulong firstShot, int shots, byte[] stimulus, int stimulusAt, byte[] measurement, int measurementAt)
    {
        long start = _time.GetTimestamp();
        int samples = plan.StimulusWords + plan.RestSamples;
        Fit(ref _driveVolts, shots * samples);
        Fit(ref _nodeVolts, shots * samples);
        Drive(plan, firstShot, shots, samples, stimulus, stimulusAt);
        float[] actuators = _faults.OnActuators(firstShot, _actuators.Volts, _actuators.SafeVolts);
        _bench.Run(firstShot, shots, samples, _driveVolts.AsSpan(0, shots * samples), actuators, _nodeVolts.AsSpan(0, shots * samples));
        Sample(plan, firstShot, shots, samples, measurement, measurementAt);
        NewestShot = firstShot + (ulong)shots - 1;
        ComputeSeconds += _time.GetElapsedTime(start).TotalSeconds;
        long settleMicros = _actuatorsMoved ? plan.SettleMicros : 0;
        _actuatorsMoved = false;
        return _enable.Pace(plan.BlockMicros(shots) + settleMicros, start) ? 0 : MeasurementBlock.UnderrunFlag;
    }

    private void Drive(RunPlan plan, ulong firstShot, int shots, int samples, byte[] stimulus, int stimulusAt)
    {
        for (int shot = 0; shot < shots; shot++)
        {
            int at = shot * samples;
            _drive.DecodeWords(stimulus, stimulusAt + (2 * shot * plan.StimulusWords), plan.StimulusWords, _driveVolts, at);
            _driveVolts.AsSpan(at + plan.StimulusWords, plan.RestSamples).Fill(_restVolts);
            Err(_unit.Drive, _drive, _driveVolts.AsSpan(at, samples));
            if (!_faults.IsNone)
            {
                _faults.OnDrive(firstShot + (ulong)shot, _driveVolts.AsSpan(at, samples));
            }
        }
    }

    private void Sample(RunPlan plan, ulong firstShot, int shots, int samples, byte[] measurement, int measurementAt)
    {
        for (int shot = 0; shot < shots; shot++)
        {
            int from = (shot * samples) + plan.MeasurementStartSample, words = measurementAt + (2 * shot * plan.MeasurementWords);
            Err(_unit.Sense, _node, _nodeVolts.AsSpan(from, plan.MeasurementWords));
            if (_faults.IsNone)
            {
                _node.EncodeWordsAtRails(_nodeVolts, from, plan.MeasurementWords, measurement, words);
                continue;
            }

            _faults.OnFrontEnd(firstShot + (ulong)shot, _nodeVolts.AsSpan(from, plan.MeasurementWords));
            _node.EncodeWordsAtRails(_nodeVolts, from, plan.MeasurementWords, measurement, words);
            _faults.OnCodes(firstShot + (ulong)shot, measurement.AsSpan(words, 2 * plan.MeasurementWords));
        }
    }

    private static void Err(ConverterError error, VoltScale scale, Span<float> volts)
    {
        if (error.IsNone) { return; }
        foreach (ref float v in volts) { v = (float)error.Volts(v, scale.MinVolts, scale.MaxVolts, scale.StepVolts); }
    }

    private static void Fit(ref float[] buffer, int count)
    {
        if (buffer.Length < count)
        {
            buffer = new float[count];
        }
    }
}
