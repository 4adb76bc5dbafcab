using PnnEdge.Physics.Circuit;

namespace PnnEdge.Physics.Tests.Circuit;

/// <summary>A model's derivative against central differences of something else that computes the same volts.</summary>
internal static class CircuitGradient
{
    /// <summary>Of a shot.</summary>
    public const int Samples = 128;

    /// <returns>Largest error of 32 directional derivatives of Σ w·node by drive and bias, relative to their rms.</returns>
    /// <param name="forward">From what the circuit is driven with, V, to the node's volts, one shot; a ladder's bias reaches nothing.</param>
    public static double Error(in CircuitParameters p, float[] drive, float bias, Func<double[], double[]> forward)
    {
        const double stepVolts = 1e-5;
        int biasShare = p.IsLadder ? 0 : 1;
        float[] weights = Stimuli.White(7, drive.Length, 1);
        (float[] ddrive, float[] dbias) = Vjp(new CircuitModel(p, 1), drive, [bias], weights);
        double worst = 0;
        double typical = 0;
        for (int n = 0; n < 32; n++)
        {
            float[] direction = Stimuli.White(50 + n, drive.Length + 1, 1);
            double exact = (Loss(stepVolts) - Loss(-stepVolts)) / (2 * stepVolts);
            worst = Math.Max(worst, Math.Abs(exact - Dot(ddrive, direction[..^1]) - dbias[0] * direction[^1]));
            typical += exact * exact / 32;

            double Loss(double step)
            {
                double[] volts = [.. drive.Select((value, at) => value + step * direction[at] + biasShare * (bias + step * direction[^1]))];
                return forward(volts).Select((value, at) => value * weights[at]).Sum();
            }
        }

        return worst / Math.Sqrt(typical);
    }

    public static (float[] Drive, float[] Bias) Vjp(CircuitModel model, float[] drive, float[] bias, float[] weights)
    {
        float[] ddrive = new float[drive.Length];
        float[] dbias = new float[1];
        model.Vjp(drive.Length / Samples, Samples, drive, bias, weights, ddrive, dbias);
        return (ddrive, dbias);
    }

    private static double Dot(float[] a, float[] b) => a.Paired(b, (x, y) => (double)x * y).Sum();
}
