namespace PnnEdge.Physics.Circuit;

/// <summary>
/// Where the model holds. Ours. The threshold's lower limit keeps the body diode and the channel from conducting
/// together, which the single-precision law relies on.
/// </summary>
public static class CircuitParameterRanges
{
    private static readonly ParameterRange<CircuitParameters>[] Common =
    [
        new("SourceResistanceOhm", "Ω", 0, 10e3, p => p.SourceResistanceOhm),
        new("ParallelResistanceOhm", "Ω", 1e3, 1e9, p => p.ParallelResistanceOhm),
        new("ThresholdVolts", "V", 1.2, 5, p => p.ThresholdVolts),
        new("TransconductanceAmperePerSquareVolt", "A/V²", 1e-4, 1, p => p.TransconductanceAmperePerSquareVolt),
        new("SlopeFactor", "1", 1, 2, p => p.SlopeFactor),
        new("SaturationAmpere", "A", 1e-15, 1e-9, p => p.SaturationAmpere),
        new("DiodeEmissionFactor", "1", 1, 2, p => p.DiodeEmissionFactor),
        new("ThermalVolts", "V", 20e-3, 32e-3, p => p.ThermalVolts),
    ];

    /// <summary>Of the circuit with a choke; a ladder's own elements are missing there, which is 0.</summary>
    public static IReadOnlyList<ParameterRange<CircuitParameters>> Choke { get; } =
    [
        new("SampleRateHz", "Hz", 8e3, 4e6, p => p.SampleRateHz),
        new("InductanceHenry", "H", 1e-4, 1, p => p.InductanceHenry),
        new("CapacitanceFarad", "F", 1e-9, 1e-5, p => p.CapacitanceFarad),
        new("SeriesResistanceOhm", "Ω", 10, 10e3, p => p.SeriesResistanceOhm),
        new("MiddleCapacitanceFarad", "F", 0, 0, p => p.MiddleCapacitanceFarad),
        new("SecondResistanceOhm", "Ω", 0, 0, p => p.SecondResistanceOhm),
        .. Common,
    ];

    /// <summary>Of the ladder.</summary>
    public static IReadOnlyList<ParameterRange<CircuitParameters>> Ladder { get; } =
    [
        new("SampleRateHz", "Hz", 10, 100e3, p => p.SampleRateHz),
        new("CapacitanceFarad", "F", 1e-9, 1e-4, p => p.CapacitanceFarad),
        new("SeriesResistanceOhm", "Ω", 100, 1e6, p => p.SeriesResistanceOhm),
        new("MiddleCapacitanceFarad", "F", 1e-9, 1e-4, p => p.MiddleCapacitanceFarad),
        new("SecondResistanceOhm", "Ω", 100, 1e6, p => p.SecondResistanceOhm),
        .. Common,
    ];

    /// <summary>Of the kind that these are.</summary>
    public static IReadOnlyList<ParameterRange<CircuitParameters>> Of(in CircuitParameters p) => p.IsLadder ? Ladder : Choke;

    /// <summary>The scheme: RK4 at a sixth of the sample period, halved where a step would not be stable.</summary>
    public const int StepsPerSample = 6;

    /// <summary>0.17 rad a step: a local error near single precision's rounding.</summary>
    public const double MaxRadiansPerSample = 1;

    /// <summary>|λ|h that a step may take: RK4 is stable to 2.78. Inside ±3 V the default circuit stays below it.</summary>
    public const double MaxStiffness = 2;

    // The bound on the channel's conductance, a + ln 2 for softplus(a), holds from a = 0 on, and a must grow when the step is halved.
    private const double MinStableSoftplus = 1;

    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range or NaN, or the sample period is too long for its elements.</exception>
    public static CircuitParameters Require(in CircuitParameters parameters)
    {
        Of(parameters).Require(parameters);
        double radiansPerSample = parameters.SamplePeriodSeconds * CircuitEquations.Of(parameters).FastestRadiansPerSecond;
        if (!(radiansPerSample <= MaxRadiansPerSample))
        {
            throw new ArgumentOutOfRangeException(
                nameof(parameters),
                $"Asked for elements that turn {radiansPerSample:g4} rad in one sample period; the integrator follows up to {MaxRadiansPerSample} rad: make them slower or raise the sample rate.");
        }

        double softplus = LargestStableSoftplus(parameters);
        if (!(softplus >= MinStableSoftplus))
        {
            throw new ArgumentOutOfRangeException(
                nameof(parameters),
                $"Asked for β = {parameters.TransconductanceAmperePerSquareVolt:g4} A/V² on C = {parameters.CapacitanceFarad:g4} F at {parameters.SampleRateHz:g4} Hz; the integrator follows β up to {parameters.TransconductanceAmperePerSquareVolt * softplus / MinStableSoftplus:g4} A/V² there.");
        }

        return parameters;
    }

    /// <summary>The channel's softplus at which its conductance makes the full step as stiff as allowed, 1.</summary>
    internal static double LargestStableSoftplus(in CircuitParameters p) =>
        MaxStiffness * p.CapacitanceFarad / FullStepSeconds(p) * p.SlopeFactor * p.ThermalVolts / CircuitLaw.ChannelScaleAmpere(p);

    internal static double FullStepSeconds(in CircuitParameters p) => p.SamplePeriodSeconds / StepsPerSample;
}
