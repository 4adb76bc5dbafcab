using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Oscillators;

/// <summary>
/// Coupled oscillators on a bench: a unit with its imperfections, drift, noise and faults. The first N samples of a shot load
/// the initial amplitudes, the other N read the final ones, one a sample; while it loads, the node reads 0. 1 V stands for 1 rad
/// of amplitude and for a coupling or drive of 1.
/// </summary>
public sealed class OscillatorBench : TiledBench
{
    private readonly OscillatorParameters _parameters;
    private readonly OscillatorWeather _weather;
    private readonly OscillatorField[] _fields;
    private readonly OscillatorBenchWorker[] _perWorker;

    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    /// <exception cref="ArgumentException">A fault that the oscillators cannot inject.</exception>
    public OscillatorBench(OscillatorBenchOptions options)
        : base("oscillators", OscillatorActuators.Count(OscillatorParameterRanges.Require(options.Parameters).Count), options.Threads)
    {
        _parameters = options.Parameters;
        _weather = new OscillatorWeather(options, new FaultSchedule(Name, SupportedFaults, options.Faults));
        _fields = [.. _weather.Units.Select(_ => new OscillatorField(_parameters.Count))];
        _perWorker = [.. Enumerable.Range(0, options.Threads).Select(_ => new OscillatorBenchWorker(_parameters, options.Noise.Read, _weather))];
    }

    /// <summary>
    /// <c>drift.step</c> is a relative step of all couplings. <c>drift.regime</c> is added to η, times a half. <c>rig.swap</c> brings
    /// another unit with its own noise. Normalised units know no temperature, and a shot sets every amplitude anew.
    /// </summary>
    public static IReadOnlyList<FaultKind> SupportedFaults { get; } =
    [
        FaultKind.DriftGain, FaultKind.DriftOffset, FaultKind.DriftStep, FaultKind.DriftRegime, FaultKind.NoiseHetero, FaultKind.RigSwap,
    ];

    protected internal override void RequireReachable(int samplesPerShot, ReadOnlySpan<float> driveVolts, ReadOnlySpan<float> actuatorVolts) =>
        OscillatorParameterRanges.RequireReachable(_parameters.Count, samplesPerShot, driveVolts, actuatorVolts);

    protected override void BeginBatch(ReadOnlySpan<float> actuatorVolts)
    {
        for (int n = 0; n < _fields.Length; n++)
        {
            _fields[n].Set(actuatorVolts, _weather.Units[n], (float)_parameters.CouplingScale);
        }
    }

    protected override int ShotsPerTile(int shots, int workers) => Math.Min(OscillatorBenchWorker.MaxShots, (shots + workers - 1) / workers);

    protected override void RunShots(
        int worker,
        ulong firstShot,
        int shots,
        int samplesPerShot,
        ReadOnlySpan<float> driveVolts,
        ReadOnlySpan<float> actuatorVolts,
        Span<float> nodeVolts) => _perWorker[worker].Run(_fields, firstShot, shots, driveVolts, nodeVolts);
}
