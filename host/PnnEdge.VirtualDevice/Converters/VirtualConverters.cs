using PnnEdge.Firmware.Core;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Physics;
using PnnEdge.VirtualDevice.Clocks;
using PnnEdge.Wire;
using PnnEdge.Wire.Messages;

namespace PnnEdge.VirtualDevice.Converters;

/// <summary>
/// One drive converter, one measuring converter and the static outputs of a simulated board, in front of a bench's physics:
/// codes in, codes out, as the firmware's port wants them.
/// </summary>
public sealed class VirtualConverters : IConverters, IDisposable
{
    private readonly IBenchPhysics _bench;
    private readonly ConverterFaults _faults;
    private readonly TimeProvider _time;
    private readonly Pacing _pacing;
    private readonly ShotClock? _shotClock;
    private readonly uint _rateMilliHertz;
    private readonly VoltScale _drive;
    private readonly VoltScale _node;
    private readonly ChannelRecord[] _actuators;
    private readonly float[] _actuatorVolts;
    private readonly float _restVolts;
    private CancellationTokenSource _stop = new();
    private float[] _driveVolts = [];
    private float[] _nodeVolts = [];
    private bool _enabled;

    /// <param name="time">Measures computing time and paces real-time playing.</param>
    /// <param name="shotClock">Advanced by the time shots take on real converters; null when the device runs on real time.</param>
    public VirtualConverters(
        Board board, IBenchPhysics bench, double sampleRateHz, ConverterFaults faults, TimeProvider time, Pacing pacing, ShotClock? shotClock)
    {
        ChannelRecord drive = board.OfRole(ChannelRole.Stimulus)[0], node = board.OfRole(ChannelRole.Measurement)[0];
        _bench = bench;
        _faults = faults;
        _time = time;
        _pacing = pacing;
        _shotClock = shotClock;
        _rateMilliHertz = (uint)Math.Round(sampleRateHz * 1000);
        _drive = new VoltScale(drive.MinVolts, drive.MaxVolts, drive.Bits);
        _node = new VoltScale(node.MinVolts, node.MaxVolts, node.Bits);
        _restVolts = drive.SafeVolts;
        _actuators = board.OfRole(ChannelRole.Actuator);
        _actuatorVolts = new float[_actuators.Length];
        if (_actuators.Length != bench.ActuatorCount)
        {
            throw new ArgumentException($"Board {board.Name} has {_actuators.Length} actuators; bench {bench.Name} takes {bench.ActuatorCount}.", nameof(bench));
        }

        MakeSafe();
    }

    /// <summary>Time spent computing physics since start, s.</summary>
    public double ComputeSeconds { get; private set; }

    /// <summary>The enable line: up only between pulses of an armed loop.</summary>
    public bool IsEnabled => Volatile.Read(ref _enabled);

    public FaultCode MakeSafe()
    {
        Volatile.Write(ref _enabled, false);
        _stop.Cancel();
        for (int i = 0; i < _actuators.Length; i++)
        {
            _actuatorVolts[i] = _actuators[i].SafeVolts;
        }

        return FaultCode.None;
    }

    public void PulseEnable() => Volatile.Write(ref _enabled, true);

    public FaultCode SetActuator(int index, float volts)
    {
        ChannelRecord channel = _actuators[index];
        VoltScale scale = new(channel.MinVolts, channel.MaxVolts, channel.Bits);
        int code = scale.CodeFromVolts(volts);
        if (code < 0)
        {
            return FaultCode.ActuatorReadback;
        }

        _actuatorVolts[index] = scale.VoltsFromCode(code);
        return FaultCode.None;
    }

    /// <summary>The simulated sample clock has one rate: that of the physics.</summary>
    public uint SetSampleRate(uint milliHertz) => _rateMilliHertz;

    public int Play(RunPlan plan, ulong firstShot, int shots, byte[] stimulus, int stimulusAt, byte[] measurement, int measurementAt)
    {
        long start = _time.GetTimestamp();
        if (_stop.IsCancellationRequested)
        {
            _stop.Dispose();
            _stop = new CancellationTokenSource();
        }

        int samples = plan.StimulusWords + plan.RestSamples;
        Fit(ref _driveVolts, shots * samples);
        Fit(ref _nodeVolts, shots * samples);
        Drive(plan, shots, samples, stimulus, stimulusAt);
        _bench.Run(firstShot, shots, samples, _driveVolts.AsSpan(0, shots * samples), _actuatorVolts, _nodeVolts.AsSpan(0, shots * samples));
        Sample(plan, shots, samples, measurement, measurementAt);
        ComputeSeconds += _time.GetElapsedTime(start).TotalSeconds;
        return Pace(plan.ShotMicros() * shots, start);
    }

    public void Dispose() => _stop.Dispose();

    private void Drive(RunPlan plan, int shots, int samples, byte[] stimulus, int stimulusAt)
    {
        for (int shot = 0; shot < shots; shot++)
        {
            int at = shot * samples;
            _drive.DecodeWords(stimulus, stimulusAt + (2 * shot * plan.StimulusWords), plan.StimulusWords, _driveVolts, at);
            _driveVolts.AsSpan(at + plan.StimulusWords, plan.RestSamples).Fill(_restVolts);
        }

        if (_faults.DacGain != 1f)
        {
            foreach (ref float volts in _driveVolts.AsSpan(0, shots * samples))
            {
                volts *= _faults.DacGain;
            }
        }
    }

    private void Sample(RunPlan plan, int shots, int samples, byte[] measurement, int measurementAt)
    {
        for (int shot = 0; shot < shots; shot++)
        {
            Span<float> node = _nodeVolts.AsSpan((shot * samples) + plan.MeasurementStartSample, plan.MeasurementWords);
            FrontEnd(node);
            int words = measurementAt + (2 * shot * plan.MeasurementWords);
            _node.EncodeWordsAtRails(_nodeVolts, (shot * samples) + plan.MeasurementStartSample, plan.MeasurementWords, measurement, words);
        }
    }

    /// <summary>What is wrong with the measuring converter, when something is; samples are independent of what was computed in parallel.</summary>
    private void FrontEnd(Span<float> node)
    {
        if (ReferenceEquals(_faults, ConverterFaults.None))
        {
            return;
        }

        float previous = 0f;
        for (int i = 0; i < node.Length; i++)
        {
            float volts = node[i] + (_faults.Crosstalk * previous);
            previous = node[i];
            float position = volts / _node.MaxVolts;
            volts += _faults.InlVolts * (1f - (position * position));
            volts = Math.Clamp(volts, -_faults.ClipVolts, _faults.ClipVolts);
            node[i] = _faults.StuckCode is { } code ? _node.VoltsFromCode(code) : volts;
        }
    }

    /// <summary>Lets the time pass that real converters would have taken; made safe meanwhile, the block counts as underrun.</summary>
    private int Pace(long shotMicros, long start)
    {
        _shotClock?.Advance(shotMicros);
        if (_pacing == Pacing.RealTime)
        {
            TimeSpan left = TimeSpan.FromMicroseconds(shotMicros) - _time.GetElapsedTime(start);
            if (left > TimeSpan.Zero)
            {
                try
                {
                    Task.Delay(left, _time, _stop.Token).GetAwaiter().GetResult();
                }
                catch (OperationCanceledException)
                {
                    return MeasurementBlock.UnderrunFlag;
                }
            }
        }

        return 0;
    }

    private static void Fit(ref float[] buffer, int count)
    {
        if (buffer.Length < count)
        {
            buffer = new float[count];
        }
    }
}
