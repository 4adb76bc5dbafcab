using PnnEdge.Training.Twins;

namespace PnnEdge.Training.Tests.Twins;

public class BiasedTwinTests
{
    [Fact]
    public void Its_reverse_is_still_the_central_difference_of_its_forward() =>
        CentralDifferences.AssertVjp(new BiasedTwin(new EchoTwin(40), 0.3), 2, stride: 3, step: 1f / 64, tolerance: 1e-4); // linear: rounding 1e-6·32 alone

    [Theory, InlineData(0.1), InlineData(-0.5), InlineData(1)]
    public void The_gradient_tilts_by_the_bias(double bias)
    {
        const int Outputs = 2000;
        EchoTwin exact = new(Outputs);
        var biased = new BiasedTwin(exact, bias);
        float[] dy = CentralDifferences.Noise(Outputs, 1), a = new float[Outputs], b = new float[Outputs], unused = new float[1];
        exact.Vjp(new float[Outputs], [0], 1, dy, a, unused);
        biased.Vjp(new float[Outputs], [0], 1, dy, b, unused);
        double ab = Dot(a, b), cosine = ab / Math.Sqrt(Dot(a, a) * Dot(b, b));
        Assert.Equal(1 / Math.Sqrt(1 + (bias * bias)), cosine, 0.02); // 2000 draws: 1/√2000 of scatter at a bias of 1
        Assert.Equal(Dot(a, a), ab, 0.1 * Dot(a, a)); // no output's share is lost on average
    }

    private static double Dot(float[] a, float[] b) => a.Zip(b, (p, q) => (double)p * q).Sum();

    // Every output is its own slot, plus the actuator.
    private sealed class EchoTwin(int outputs) : ITwin
    {
        public int Slots => outputs;

        public int Actuators => 1;

        public int Outputs => outputs;

        public void Forward(ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots, Span<float> y)
        {
            for (int i = 0; i < slots.Length; i++) { y[i] = slots[i] + actuators[0]; }
        }

        public void Vjp(
            ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots, ReadOnlySpan<float> dy, Span<float> dslots, Span<float> dactuators)
        {
            dy.CopyTo(dslots);
            dactuators[0] = 0;
            foreach (float d in dy) { dactuators[0] += d; }
        }
    }
}
