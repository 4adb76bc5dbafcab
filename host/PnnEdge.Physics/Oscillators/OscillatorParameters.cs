namespace PnnEdge.Physics.Oscillators;

/// <summary>
/// Oscillators coupled all to all and released at rest:
/// d²q_i/dt² = −sin(g·q_i) + Σ_j J_ij·(sin(g·q_j) − sin(g·q_i)) + e_i with g = 1 + η and J symmetric.
/// Initial amplitudes are the data, J and e the actuators, the amplitudes at t = 0.5 the result.
/// </summary>
/// <remarks>
/// Equations, t = 0.5 and its five Runge–Kutta steps are those of the coupled-oscillator examples published with Wright et al.
/// 2022. Everything is in normalised units: amplitudes in rad, time in rad of a small oscillation of one uncoupled oscillator.
/// </remarks>
public readonly record struct OscillatorParameters
{
    public OscillatorParameters()
    {
    }

    /// <summary>Example 1's second layer.</summary>
    public static OscillatorParameters Nominal { get; } = new();

    /// <summary>N; the original's layers have 196 and 206.</summary>
    public int Count { get; init; } = 206;

    public double DurationRadians { get; init; } = 0.5;

    /// <summary>Classical fourth-order Runge–Kutta steps in the duration. They belong to the system: the original's is defined by five.</summary>
    public int Steps { get; init; } = 5;

    /// <summary>η, 1.</summary>
    public double Nonlinearity { get; init; }

    /// <summary>Factor on every J_ij, 1; ours, for a twin to fit.</summary>
    public double CouplingScale { get; init; } = 1;

    /// <summary>Factor on the duration, 1; ours, for a twin to fit.</summary>
    public double TimeScale { get; init; } = 1;

    public double StepRadians => DurationRadians * TimeScale / Steps;
}
