using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Calibration;

/// <summary>What stands between output and input while a channel is measured; whoever plugs it in says which.</summary>
public enum ChannelPath
{
    /// <summary>A wire: the figures are the converters', both together, for a wire cannot tell one from the other.</summary>
    Loopback,

    /// <summary>The physical system: the figures are its small-signal transfer at the operating point, converters included; its curvature is no converter's nonlinearity.</summary>
    ThroughBench,
}

/// <summary>What was measured of one output and one input.</summary>
/// <param name="AgainstMiddle">Levels were read against the middle of the range in the same shot; an offset then says nothing.</param>
/// <param name="SettledSamples">Of a shot, behind each level's reading.</param>
/// <param name="OperatingVolts">Where the drive stood or around which it moved, V; actuators at the middle of their ranges.</param>
/// <param name="SweepVolts">How far the drive was moved, V.</param>
/// <param name="Lags">Null where a shot is loaded first and read afterwards.</param>
/// <param name="Codes">Null where they cannot be told apart; never through a bench.</param>
/// <param name="ActuatorLeaks">Through a wire, one for each static output, or for a long bank of them; empty where there are none, and through a bench, where they are meant to act.</param>
/// <param name="AppliedVolts">[level], V, of the levels that follow.</param>
public sealed record ChannelFigures(
    ChannelPath Path, bool AgainstMiddle, int SettledSamples, double OperatingVolts, double SweepVolts, LineFit Line, NoiseFloor Noise, PassSeries Drift, UsableRange Range,
    LagResponse? Lags, CodeDensity? Codes, IReadOnlyList<ActuatorLeak> ActuatorLeaks, double[] AppliedVolts)
{
    /// <summary>Largest distance of a reading from the line, V, with its own uncertainty.</summary>
    public Uncertain WorstResidualVolts => Line.ResidualVolts.MaxBy(residual => Math.Abs(residual.Value));
}

/// <summary>What measuring a channel came to.</summary>
/// <param name="Shots">Played.</param>
/// <param name="Words">What was seen of the converters' words.</param>
/// <param name="Deaf">One sentence where readings do not follow the drive, and there are no figures; null otherwise.</param>
public sealed record ChannelOutcome(int Shots, WordFigures Words, string? Deaf, ChannelFigures? Figures)
{
    /// <summary>Where samples of a shot are inputs beside each other (loaded first, read afterwards): those that did not follow the sweep of all outputs together.</summary>
    public IReadOnlyList<int> DeafInputs { get; init; } = [];

    /// <exception cref="PhysicalSystemException">There are no figures.</exception>
    public ChannelFigures Required => Figures ?? throw new PhysicalSystemException(Deaf!);
}

/// <summary>How finely and how often a channel is measured.</summary>
public sealed record ChannelSettings
{
    /// <summary>Of a sweep through a wire.</summary>
    public int Levels { get; init; } = 65;

    /// <summary>The input does not pass DC: each level is read against the middle of the range in the same shot.</summary>
    public bool AgainstMiddle { get; init; }

    /// <summary>Times through the levels; even.</summary>
    public int Passes { get; init; } = 16;

    /// <summary>Of the random samples behind the response at lags.</summary>
    public int LagShots { get; init; } = 32;

    /// <summary>So many times as many where readings are interpolated: what that knows nothing of stands beside the response as noise, of 1 % of the variance.</summary>
    public const int InterpolatedShare = 4;

    /// <summary>Levels through a bench, whose transfer at one point is asked.</summary>
    public const int BenchLevels = 9;

    /// <summary>Times through them.</summary>
    public const int BenchPasses = 32;

    /// <summary>Of the drive's range through a bench: small enough that most systems are straight there, large enough to stand out of noise; ours.</summary>
    public const double BenchShare = 0.1;
}
