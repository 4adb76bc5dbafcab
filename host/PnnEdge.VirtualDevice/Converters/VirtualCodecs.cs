using PnnEdge.Firmware.Core;
using PnnEdge.Firmware.Core.Converters;
using PnnEdge.Numerics.Chance;
using PnnEdge.Physics;
using PnnEdge.VirtualDevice.Clocks;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.Wire;
using PnnEdge.Wire.Messages;

namespace PnnEdge.VirtualDevice.Converters;

/// <summary>
/// A codec board in front of a bench: the firmware's own <see cref="StreamConverters"/> on simulated codecs, the left channel through the bench and the right one a
/// wire. Every block lags by another amount, whole samples and a fraction.
/// </summary>
public sealed class VirtualCodecs : IVirtualConverters
{
    internal const int Channels = 2;

    /// <summary>What the codecs' filters take at the least: 20 samples (SLAS859C, section 8.5, page 9; its Tables 4 to 6 say 22) and 17 (17.4: SLES177B, section 6.5, page 6).</summary>
    public const double LeastLagSamples = 37;

    private const ulong ChanceOfLag = 0;
    private const ulong ChanceOfNoise = 1;

    /// <summary>The interpreter's.</summary>
    private const int PieceFrames = 256;

    private readonly Board _board;
    private readonly IBenchPhysics _bench;
    private readonly ConverterFaults _faults;
    private readonly TimeProvider _time;
    private readonly PacedEnable _enable;
    private readonly VoltScale _inputs;
    private readonly StreamConverters _stream;
    private readonly Func<ulong, double> _lagOf;
    private ulong _firstShot;
    private int _shots;

    /// <param name="lagOf">From a block's first shot to its lag, samples; null for one drawn between the least and the board's most.</param>
    /// <param name="shotClock">Advanced by the time shots take on real converters; null when the device runs on real time.</param>
    public VirtualCodecs(
        Board board, IBenchPhysics bench, double sampleRateHz, InjectedFaults faults, TimeProvider time, Pacing pacing, ShotClock? shotClock, Func<ulong, double>? lagOf = null)
    {
        if (board.Count(ChannelRole.Actuator) != 0 || bench.ActuatorCount != 0)
        {
            throw new ArgumentException(
                $"Board {board.Name} has {board.Count(ChannelRole.Actuator)} actuators and bench {bench.Name} {bench.ActuatorCount}; a simulated codec board has none.", nameof(board));
        }

        faults.RequireOn(board);
        ChannelRecord output = board.OfRole(ChannelRole.Stimulus)[0], input = board.OfRole(ChannelRole.Measurement)[0];
        (_board, _bench, _time, _inputs) = (board, bench, time, new VoltScale(input));
        _faults = new ConverterFaults(faults.OfConverters, new VoltScale(output), _inputs);
        _enable = new PacedEnable(time, pacing, shotClock);
        _lagOf = lagOf ?? (shot => LeastLagSamples + ((board.LagSamples - LeastLagSamples) * Chance(shot, ChanceOfLag).NextDouble()));
        var clock = new CodecClock();
        var codecs = new VirtualCodecPair((uint)Math.Round(sampleRateHz * 1000), new VoltScale(output), _inputs, Answer, clock);
        _stream = new StreamConverters(board, codecs, PieceFrames, [], _enable, clock);
    }

    public double ComputeSeconds { get; private set; }

    public ulong NewestShot { get; private set; }

    public bool IsEnabled => _enable.IsUp;

    public float[] ActuatorVolts() => [];

    public FaultCode MakeSafe() => _stream.MakeSafe();

    public void PulseEnable() => _stream.PulseEnable();

    public FaultCode SetActuators(float[] volts, out int failed) => _stream.SetActuators(volts, out failed);

    public uint SetSampleRate(uint milliHertz) => _stream.SetSampleRate(milliHertz);

    public int Play(RunPlan plan, ulong firstShot, int shots, byte[] stimulus, int stimulusAt, byte[] measurement, int measurementAt)
    {
        long start = _time.GetTimestamp();
        (_firstShot, _shots) = (firstShot, shots);
        int flags = _stream.Play(plan, firstShot, shots, stimulus, stimulusAt, measurement, measurementAt);
        NewestShot = firstShot + (ulong)shots - 1;
        ComputeSeconds += _time.GetElapsedTime(start).TotalSeconds;
        if (!_faults.IsNone && flags == 0) { TurnStuckBits(plan, firstShot, shots, measurement.AsSpan(measurementAt)); }
        return _enable.Pace(plan.BlockMicros(shots), start) || flags < 0 ? flags : MeasurementBlock.UnderrunFlag;
    }

    /// <param name="played">[frame, channel], V, of the whole block.</param>
    /// <returns>[frame, channel], V: as many, and a piece that comes behind them because it is late, which nobody reads in time.</returns>
    private float[] Answer(float[] played)
    {
        int frames = played.Length / Channels, perShot = frames / _shots;
        float[] drive = Channel(played, 0), node = new float[frames];
        for (int shot = 0; shot < _shots && !_faults.IsNone; shot++) { _faults.OnDrive(_firstShot + (ulong)shot, drive.AsSpan(shot * perShot, perShot)); }
        _bench.Run(_firstShot, _shots, perShot, drive, [], node);
        double lag = _lagOf(_firstShot);
        float[] left = new float[frames + PieceFrames], right = new float[left.Length], heard = new float[Channels * left.Length];
        CodecAnalog.Delay(node, lag, left);
        CodecAnalog.Delay(Channel(played, 1), lag, right);
        CodecAnalog.HighPass(left);
        CodecAnalog.HighPass(right);
        if (!_faults.IsNone) { _faults.OnFrontEnd(_firstShot, left); }
        SeededRandom chance = Chance(_firstShot, ChanceOfNoise);
        double noise = CodecAnalog.NoiseOfFullScale * _inputs.MaxVolts;
        for (int n = 0; n < left.Length; n++)
        {
            heard[Channels * n] = left[n];
            heard[(Channels * n) + 1] = right[n] + (float)(noise * NearNormal(chance.NextUInt64()));
        }

        return heard;
    }

    /// <summary>A block's chance: a function of the unit and the block's first shot, nothing else.</summary>
    private SeededRandom Chance(ulong firstShot, ulong what) => new(firstShot, (2UL * _board.UnitSerial) + what);

    /// <summary>Mean 0, variance 1, within ±3.5: a sum of four uniform numbers.</summary>
    private static double NearNormal(ulong word) =>
        (((word & 0xFFFF) + ((word >> 16) & 0xFFFF) + ((word >> 32) & 0xFFFF) + (word >> 48)) / 65536.0 - 2) * Math.Sqrt(3);

    private void TurnStuckBits(RunPlan plan, ulong firstShot, int shots, Span<byte> measurement)
    {
        for (int shot = 0; shot < shots; shot++) { _faults.OnCodes(firstShot + (ulong)shot, measurement.Slice(2 * shot * plan.MeasurementWords, 2 * plan.MeasurementWords)); }
    }

    private static float[] Channel(float[] frames, int channel)
    {
        float[] volts = new float[frames.Length / Channels];
        for (int n = 0; n < volts.Length; n++) { volts[n] = frames[(Channels * n) + channel]; }
        return volts;
    }
}
