using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Twins;

namespace PnnEdge.Training.Tests.Twins;

/// <summary>A twin's two reverses against differences of its forward; every stride-th number is moved.</summary>
internal static class CentralDifferences
{
    public static void AssertVjp(ITwin twin, int shots, int stride, float step, double tolerance)
    {
        float[] slots = Noise(shots * twin.Slots, 5), actuators = Noise(twin.Actuators, 55), v = Noise(shots * twin.Outputs, 6), y = new float[v.Length];
        float[] dslots = new float[slots.Length], dactuators = new float[actuators.Length];
        twin.Vjp(slots, actuators, shots, v, dslots, dactuators);
        for (int i = 0; i < slots.Length; i += stride) { Assert.Equal(Difference(slots, i), dslots[i], tolerance); }
        for (int i = 0; i < actuators.Length; i++) { Assert.Equal(Difference(actuators, i), dactuators[i], tolerance); }

        double Difference(float[] moved, int i)
        {
            float middle = moved[i];
            moved[i] = middle + step;
            twin.Forward(slots, actuators, shots, y);
            double up = Dot(v, y);
            moved[i] = middle - step;
            twin.Forward(slots, actuators, shots, y);
            moved[i] = middle;
            return (up - Dot(v, y)) / (2 * (double)step);
        }
    }

    public static void AssertLossGradient(ITrainableTwin twin, int shots, int stride, float step, double tolerance)
    {
        float[] x = Noise(shots * (twin.Slots + twin.Actuators), 7), y = Noise(shots * twin.Outputs, 8);
        float[] gradient = new float[twin.Parameters.Length], unused = new float[twin.Parameters.Length];
        twin.LossGradient(x, y, shots, gradient);
        for (int i = 0; i < gradient.Length; i += stride)
        {
            float middle = twin.Parameters[i];
            twin.Parameters[i] = middle + step;
            double up = twin.LossGradient(x, y, shots, unused);
            twin.Parameters[i] = middle - step;
            double difference = (up - twin.LossGradient(x, y, shots, unused)) / (2 * (double)step);
            twin.Parameters[i] = middle;
            Assert.Equal(difference, gradient[i], tolerance);
        }
    }

    public static float[] Noise(int count, ulong seed)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)random.NextNormal())];
    }

    private static double Dot(float[] a, float[] b) => a.Zip(b, (p, q) => (double)p * q).Sum();
}
