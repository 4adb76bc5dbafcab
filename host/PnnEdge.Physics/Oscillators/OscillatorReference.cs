namespace PnnEdge.Physics.Oscillators;

/// <summary>The oscillators in double precision, one shot at a time, equation by equation: the clean version beside <see cref="OscillatorForward"/>.</summary>
public static class OscillatorReference
{
    /// <summary>Releases one shot at rest.</summary>
    /// <param name="coupling">[i, j], J; symmetric, 1. A diagonal element is a stiffness of the oscillator's own: −J_ii·sin(g·q_i).</param>
    /// <param name="force">[i], e, 1.</param>
    /// <param name="amplitude">[i], rad: q(0) before, q at the end after.</param>
    /// <param name="velocity">[i], dq/dt at the end, 1; overwritten.</param>
    public static void Run(
        in OscillatorParameters parameters, ReadOnlySpan<double> coupling, ReadOnlySpan<double> force, Span<double> amplitude, Span<double> velocity)
    {
        int n = parameters.Count;
        double h = parameters.StepRadians;
        double[] q = amplitude.ToArray();
        double[] v = new double[n];
        for (int step = 0; step < parameters.Steps; step++)
        {
            double[] a1 = Acceleration(parameters, coupling, force, q);
            double[] v2 = Moved(v, h / 2, a1);
            double[] a2 = Acceleration(parameters, coupling, force, Moved(q, h / 2, v));
            double[] v3 = Moved(v, h / 2, a2);
            double[] a3 = Acceleration(parameters, coupling, force, Moved(q, h / 2, v2));
            double[] v4 = Moved(v, h, a3);
            double[] a4 = Acceleration(parameters, coupling, force, Moved(q, h, v3));
            for (int i = 0; i < n; i++)
            {
                q[i] += h / 6 * (v[i] + 2 * v2[i] + 2 * v3[i] + v4[i]);
                v[i] += h / 6 * (a1[i] + 2 * a2[i] + 2 * a3[i] + a4[i]);
            }
        }

        q.CopyTo(amplitude);
        v.CopyTo(velocity);
    }

    private static double[] Acceleration(
        in OscillatorParameters p, ReadOnlySpan<double> coupling, ReadOnlySpan<double> force, ReadOnlySpan<double> q)
    {
        double[] sine = new double[q.Length];
        for (int i = 0; i < q.Length; i++)
        {
            sine[i] = Math.Sin((1 + p.Nonlinearity) * q[i]);
        }

        double[] acceleration = new double[q.Length];
        for (int i = 0; i < q.Length; i++)
        {
            ReadOnlySpan<double> row = coupling.Slice(i * q.Length, q.Length);
            double pull = -row[i] * sine[i];
            for (int j = 0; j < q.Length; j++)
            {
                pull += row[j] * (sine[j] - sine[i]);
            }

            acceleration[i] = -sine[i] + p.CouplingScale * pull + force[i];
        }

        return acceleration;
    }

    private static double[] Moved(ReadOnlySpan<double> from, double factor, ReadOnlySpan<double> slope)
    {
        double[] moved = new double[from.Length];
        for (int i = 0; i < moved.Length; i++)
        {
            moved[i] = from[i] + factor * slope[i];
        }

        return moved;
    }
}
