namespace PnnEdge.Physics.Circuit;

/// <summary>The circuit in double precision, one shot at a time: the clean version beside <see cref="CircuitForward"/>.</summary>
public static class CircuitReference
{
    // |λ|h of the stiffest mode that a step may take; RK4 itself is stable to 2.78.
    private const double MaxStiffness = 0.5;

    /// <summary>Plays one shot.</summary>
    /// <param name="driveVolts">[sample], V, held during each sample.</param>
    /// <param name="nodeVolts">[sample], v_C at the end of each sample, V; overwritten.</param>
    /// <param name="start">State before the first sample: (A, V).</param>
    /// <param name="stepsPerSample">RK4 steps a sample before any refinement.</param>
    /// <returns>State after the last sample.</returns>
    public static CircuitState Run(
        in CircuitParameters parameters,
        ReadOnlySpan<double> driveVolts,
        Span<double> nodeVolts,
        CircuitState start = default,
        int stepsPerSample = 48)
    {
        var equations = CircuitEquations.Of(parameters);
        double step = parameters.SamplePeriodSeconds / stepsPerSample;
        CircuitState state = start;
        for (int sample = 0; sample < driveVolts.Length; sample++)
        {
            for (int n = 0; n < stepsPerSample; n++)
            {
                state = Advance(equations, parameters, driveVolts[sample], state, step, 0);
            }

            nodeVolts[sample] = state.NodeVolts;
        }

        return state;
    }

    private static CircuitState Advance(in CircuitEquations e, in CircuitParameters p, double driveVolts, CircuitState state, double step, int halvings)
    {
        if (TryStep(e, p, driveVolts, state, step, out CircuitState next))
        {
            return next;
        }

        if (halvings == 24)
        {
            throw new ArithmeticException($"The circuit's reference could not follow a drive of {driveVolts} V from {state}; the step is already {step} s.");
        }

        CircuitState middle = Advance(e, p, driveVolts, state, step / 2, halvings + 1);
        return Advance(e, p, driveVolts, middle, step / 2, halvings + 1);
    }

    private static bool TryStep(in CircuitEquations e, in CircuitParameters p, double u, CircuitState s, double h, out CircuitState next)
    {
        CircuitState k1 = e.Slope(p, u, s);
        CircuitState s2 = s.Plus(h / 2, k1);
        CircuitState k2 = e.Slope(p, u, s2);
        CircuitState s3 = s.Plus(h / 2, k2);
        CircuitState k3 = e.Slope(p, u, s3);
        CircuitState s4 = s.Plus(h, k3);
        CircuitState k4 = e.Slope(p, u, s4);
        next = s.Plus(h / 6, k1).Plus(h / 3, k2).Plus(h / 3, k3).Plus(h / 6, k4);
        return Calm(p, s, h) && Calm(p, s2, h) && Calm(p, s3, h) && Calm(p, s4, h) && double.IsFinite(next.NodeVolts);
    }

    private static bool Calm(in CircuitParameters p, CircuitState s, double h) =>
        CircuitLaw.ConductanceSiemens(p, s.NodeVolts) * h / p.CapacitanceFarad <= MaxStiffness;
}
