using System.Numerics.Tensors;

namespace PnnEdge.Physics.Oscillators;

/// <summary>Where the model holds, and what a batch may ask of it. Ours.</summary>
public static class OscillatorParameterRanges
{
    /// <summary>|q_i(0)| in rad, |J_ij| and |e_i| in 1; 1 V stands for 1.</summary>
    public const float MaxAmplitudeVolts = 20;

    public const float MaxActuatorVolts = 20;

    /// <summary>An uncoupled oscillator's step: one step errs by h⁵/120, 3e-4 at most.</summary>
    public const double MaxStepRadians = 0.5;

    public static IReadOnlyList<ParameterRange<OscillatorParameters>> All { get; } =
    [
        new("Count", "oscillators", 2, 2048, p => p.Count),
        new("DurationRadians", "rad", 0.01, 100, p => p.DurationRadians),
        new("Steps", "1", 1, 10_000, p => p.Steps),
        new("Nonlinearity", "1", -0.9, 2, p => p.Nonlinearity),
        new("CouplingScale", "1", 0, 4, p => p.CouplingScale),
        new("TimeScale", "1", 0.1, 4, p => p.TimeScale),
    ];

    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range or NaN, or a step is too long.</exception>
    public static OscillatorParameters Require(in OscillatorParameters parameters)
    {
        All.Require(parameters);
        if (!(parameters.StepRadians <= MaxStepRadians))
        {
            throw new ArgumentOutOfRangeException(
                nameof(parameters), $"Asked for steps of {parameters.StepRadians:g4} rad; the integrator follows up to {MaxStepRadians} rad: raise Steps.");
        }

        return parameters;
    }

    /// <param name="driveVolts">[shot, sample]: N amplitudes to load, then N samples of rest.</param>
    /// <exception cref="ArgumentException">A shot's length is not 2N.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A volt is out of range or NaN.</exception>
    internal static void RequireReachable(int count, int samplesPerShot, ReadOnlySpan<float> driveVolts, ReadOnlySpan<float> actuatorVolts)
    {
        if (samplesPerShot != 2 * count)
        {
            throw new ArgumentException(
                $"Asked {count} oscillators for shots of {samplesPerShot} samples; a shot loads {count} initial amplitudes and reads {count} final ones, {2 * count} samples.");
        }

        for (int at = 0; at < driveVolts.Length; at += samplesPerShot)
        {
            RequireWithin(driveVolts.Slice(at, count), MaxAmplitudeVolts, "initial amplitudes", nameof(driveVolts));
            RequireWithin(driveVolts.Slice(at + count, count), float.MaxValue, "a drive while it is read, which has no effect,", nameof(driveVolts));
        }

        RequireWithin(actuatorVolts, MaxActuatorVolts, "couplings and drives", nameof(actuatorVolts));
    }

    private static void RequireWithin(ReadOnlySpan<float> volts, float maxVolts, string what, string name)
    {
        float most = TensorPrimitives.MaxMagnitude(volts);
        if (!(MathF.Abs(most) <= maxVolts))
        {
            throw new ArgumentOutOfRangeException(name, $"Asked the oscillators for {what} of {most} V; possible is ±{maxVolts} V.");
        }
    }
}
