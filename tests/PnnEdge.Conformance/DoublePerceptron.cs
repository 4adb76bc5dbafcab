using PnnEdge.Training.Twins;

namespace PnnEdge.Conformance;

/// <summary>The perceptron twin in double precision, written for reading: what every engine is held against.</summary>
/// <param name="parameters">[layer: weight [out, in], then bias [out]].</param>
public sealed class DoublePerceptron(TwinScale scale, IReadOnlyList<int> widths, double[] parameters)
{
    /// <param name="x">[slot then actuator], V.</param> <returns>[output], in units of its spread about its centre.</returns>
    public double[] Normalised(ReadOnlySpan<double> x)
    {
        double[] u = new double[x.Length];
        for (int i = 0; i < u.Length; i++) { u[i] = (x[i] - scale.InputCentreVolts[i]) / scale.InputSpreadVolts[i]; }
        for (int l = 0, at = 0; l < widths.Count - 1; at += (widths[l] + 1) * widths[l + 1], l++)
        {
            if (l > 0) { u = [.. u.Select(v => v / (1 + Math.Exp(-v)))]; }
            double[] next = new double[widths[l + 1]];
            for (int o = 0; o < next.Length; o++)
            {
                next[o] = parameters[at + (next.Length * u.Length) + o];
                for (int i = 0; i < u.Length; i++) { next[o] += parameters[at + (o * u.Length) + i] * u[i]; }
            }

            u = next;
        }

        return u;
    }

    /// <param name="x">[slot then actuator], V.</param> <returns>[output], V.</returns>
    public double[] Forward(ReadOnlySpan<double> x) =>
        [.. Normalised(x).Select((z, o) => (z * scale.OutputSpreadVolts[o]) + scale.OutputCentreVolts[o])];
}
