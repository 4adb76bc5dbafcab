namespace PnnEdge.Physics.Oscillators;

/// <summary>How the physical oscillators differ from the equations that a model of them knows: the simulation-reality gap.</summary>
public readonly record struct OscillatorGap
{
    public OscillatorGap()
    {
    }

    /// <summary>Example 1 of the original authors: the physical system is the model.</summary>
    public static OscillatorGap None { get; } = new() { Nonlinearity = 0, CouplingRms = 0, AmplitudeRms = 0 };

    /// <summary>Example 2 of the original authors, whose model has none of it.</summary>
    public static OscillatorGap ExampleTwo { get; } = new();

    /// <summary>η, 1.</summary>
    public double Nonlinearity { get; init; } = 0.1;

    /// <summary>
    /// J_noise = (R + Rᵀ)/2 of independent normal R of this rms, 1; fixed per unit. As in the original's code, its diagonal is left as a
    /// stiffness of the oscillator's own, −J_ii·sin(g·q_i), which its printed equation does not have.
    /// </summary>
    public double CouplingRms { get; init; } = 0.2;

    /// <summary>White noise on each initial amplitude of each shot, rad.</summary>
    public double AmplitudeRms { get; init; } = 0.02;
}
