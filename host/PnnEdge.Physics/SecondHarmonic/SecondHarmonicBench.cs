using System.Numerics.Tensors;
using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>
/// Second-harmonic generation on an optical bench: a unit with its imperfections, drift, noise and faults. A shot is 100
/// samples that load the pixels, then 50 at rest that read the bins. 1 V of drive is amplitude 1, a pixel's full
/// transmission; the drive at rest has no effect, and the node is 0 V while the pixels load.
/// </summary>
public sealed class SecondHarmonicBench : TiledBench
{
    /// <summary>|amplitude| that a pixel takes, V; it is meant for 0 to 1 V. A negative one is a phase of π.</summary>
    public const float MaxAmplitudeVolts = 2;

    /// <summary>Patterns that the shaper shows per second: a liquid-crystal modulator's order of magnitude; ours. The drift's minutes count in it.</summary>
    public const double PatternRateHz = 100;

    /// <summary>
    /// z-steps of <see cref="CrystalEquations.Full"/>. For random amplitudes the splitting leaves 2e-4 of the brightest bin, a thirtieth of
    /// the read noise and a fifteenth of what the undepleted equations leave out; twice the steps would take twice the time for a quarter of that.
    /// </summary>
    public const int CrystalSteps = 25;

    private readonly SecondHarmonicBenchWorker[] _perWorker;
    private readonly SecondHarmonicWeather _powerMeter;
    private readonly DeadElements _dead;

    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    /// <exception cref="ArgumentException">A fault that the optics cannot inject.</exception>
    public SecondHarmonicBench(SecondHarmonicBenchOptions options)
        : this(options, null)
    {
    }

    /// <param name="table">Of a unit without drift and faults, where it is computed already: the workers share it.</param>
    internal SecondHarmonicBench(SecondHarmonicBenchOptions options, OpticalTable? table)
        : base("shg", actuatorCount: 0, options.Threads)
    {
        SecondHarmonicParameterRanges.Require(options.Parameters);
        if (options.Crystal == CrystalEquations.Full)
        {
            SplitStepLimits.Require(options.Parameters, CrystalSteps);
        }

        var faults = new FaultSchedule(Name, SupportedFaults, options.Faults);
        _powerMeter = new SecondHarmonicWeather(options, faults);
        _dead = new DeadElements(options.Faults);
        _perWorker = [.. Enumerable.Range(0, options.Threads).Select(_ => new SecondHarmonicBenchWorker(options, faults, table))];
    }

    /// <summary>
    /// <c>drift.step</c> shifts the spectrum across the pixels by that fraction of the window. <c>drift.regime</c> tilts the crystal
    /// out of phase matching; 1 halves the conversion at ω₀. <c>temp.ramp</c> moves shift and phase matching. <c>opt.phase</c> is a phase
    /// that grows with the square of Ω to that many rad at both edges of the window: a constant one has no effect, a linear one only
    /// delays the pulse. <c>opt.power</c> scales the pump's power, so the reading with its square. <c>opt.dark</c> adds that fraction of
    /// 1 V to every bin. <c>opt.pixel</c>: that pixel of the shaper lets everything through, whatever it is loaded with. <c>opt.bin</c>: that bin of the spectrometer
    /// reads 0 V. <c>rig.swap</c> brings another unit's pixels, noise and drift. There is no <c>memory</c>: light leaves nothing behind.
    /// </summary>
    public static IReadOnlyList<FaultKind> SupportedFaults { get; } =
    [
        FaultKind.DriftGain, FaultKind.DriftOffset, FaultKind.DriftStep, FaultKind.DriftRegime, FaultKind.NoiseHetero,
        FaultKind.TemperatureRamp, FaultKind.OpticsDark, FaultKind.OpticsPhase, FaultKind.OpticsPower, FaultKind.OpticsPixel,
        FaultKind.OpticsBin, FaultKind.RigSwap,
    ];

    /// <summary>A laser pulse's energy before the crystal as a slow power meter sees it, relative to the one that the parameters hold at: drift and faults, no jitter. One caller at a time.</summary>
    public double PulseEnergy(ulong shot) => _powerMeter.At(shot).PulseEnergy;

    protected override int ShotsPerTile(int shots, int workers) => SecondHarmonicForward.MaxShots;

    protected override void RunShots(
        int worker,
        ulong firstShot,
        int shots,
        int samplesPerShot,
        ReadOnlySpan<float> driveVolts,
        ReadOnlySpan<float> actuatorVolts,
        Span<float> nodeVolts)
    {
        _perWorker[worker].Run(firstShot, shots, _dead.OnPixels(firstShot, shots, driveVolts), nodeVolts);
        _dead.OnBins(firstShot, shots, nodeVolts);
    }

    protected internal override void RequireReachable(int samplesPerShot, ReadOnlySpan<float> driveVolts, ReadOnlySpan<float> actuatorVolts)
    {
        ShotLayout.RequireSamples(samplesPerShot);
        for (int at = 0; at < driveVolts.Length; at += samplesPerShot)
        {
            float largest = TensorPrimitives.MaxMagnitude(driveVolts.Slice(at, ShotLayout.Pixels));
            if (!(MathF.Abs(largest) <= MaxAmplitudeVolts))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(driveVolts), $"Asked the shg for an amplitude of {largest} V; a pixel takes ±{MaxAmplitudeVolts} V.");
            }

            float rest = TensorPrimitives.MaxMagnitude(driveVolts.Slice(at + ShotLayout.Pixels, ShotLayout.Bins));
            if (!float.IsFinite(rest))
            {
                throw new ArgumentOutOfRangeException(nameof(driveVolts), $"Asked the shg for a drive of {rest} V at rest; it must be finite.");
            }
        }
    }
}
