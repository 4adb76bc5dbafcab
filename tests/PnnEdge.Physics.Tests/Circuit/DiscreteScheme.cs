using PnnEdge.Physics.Circuit;

namespace PnnEdge.Physics.Tests.Circuit;

/// <summary>The very steps of <see cref="CircuitForward"/> in double precision: RK4 at a sixth of a sample, halved where a stage leaves its stable range.</summary>
internal static class DiscreteScheme
{
    public static double[] Run(CircuitParameters p, double[] drive)
    {
        var lanes = new LaneCircuit();
        lanes.SetAll(p);
        double step = p.SamplePeriodSeconds / CircuitParameterRanges.StepsPerSample;
        double[] node = new double[drive.Length];
        var state = default(CircuitState);
        for (int sample = 0; sample < drive.Length; sample++)
        {
            for (int n = 0; n < CircuitParameterRanges.StepsPerSample; n++)
            {
                state = Advance(p, lanes, drive[sample], state, step);
            }

            node[sample] = state.NodeVolts;
        }

        return node;
    }

    private static CircuitState Advance(CircuitParameters p, LaneCircuit lanes, double u, CircuitState s, double h)
    {
        CircuitState k1 = Slope(p, u, s);
        CircuitState s2 = s.Plus(h / 2, k1);
        CircuitState k2 = Slope(p, u, s2);
        CircuitState s3 = s.Plus(h / 2, k2);
        CircuitState k3 = Slope(p, u, s3);
        CircuitState s4 = s.Plus(h, k3);
        double[] volts = [s.NodeVolts, s2.NodeVolts, s3.NodeVolts, s4.NodeVolts];
        if (volts.All(v => v >= lanes.LowestVolts[0] && v <= lanes.HighestVolts[0]))
        {
            return s.Plus(h / 6, k1).Plus(h / 3, k2).Plus(h / 3, k3).Plus(h / 6, Slope(p, u, s4));
        }

        LaneCircuit half = lanes.Halved();
        return Advance(p, half, u, Advance(p, half, u, s, h / 2), h / 2);
    }

    // As the elements say it, not as the solver does.
    private static CircuitState Slope(CircuitParameters p, double u, CircuitState s)
    {
        double taken = CircuitLaw.CurrentAmpere(p, s.NodeVolts) + s.NodeVolts / p.ParallelResistanceOhm;
        if (!p.IsLadder)
        {
            return new CircuitState((u - p.LoopResistanceOhm * s.FeedAmpere - s.NodeVolts) / p.InductanceHenry, (s.FeedAmpere - taken) / p.CapacitanceFarad);
        }

        double middle = p.SecondResistanceOhm * s.FeedAmpere, through = (middle - s.NodeVolts) / p.SecondResistanceOhm;
        double rise = ((u - middle) / p.SeriesResistanceOhm - through) / p.MiddleCapacitanceFarad; // V/s at the middle
        return new CircuitState(rise / p.SecondResistanceOhm, (through - taken) / p.CapacitanceFarad);
    }
}
