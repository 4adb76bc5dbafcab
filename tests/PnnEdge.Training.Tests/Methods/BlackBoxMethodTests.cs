using PnnEdge.Training.Methods.Rivals;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Tests.Methods;

/// <summary>Methods that feel the loss by moving parameters, against the exact gradient.</summary>
public class BlackBoxMethodTests
{
    [Fact]
    public void Finite_differences_are_the_exact_gradient()
    {
        var of = new MethodCase();
        float[] exact = of.Gradient(of.PhysicsAware());
        float[] felt = of.Gradient(new FiniteDifferences(of.Network, of.System, MethodCase.Penalty, 0.001f, TimeProvider.System));
        float largest = exact.Max(Math.Abs);

        // Single precision of a loss of order 1, some 1e-7, over h = 1e-3 is a few 1e-4; truncation is h/2 times a second derivative of up to 300, a scale's.
        for (int i = 0; i < exact.Length; i++) { Assert.Equal(exact[i], felt[i], (0.025 * largest) + 5e-4); }
        Assert.True(MethodCase.Cosine(exact, felt) > 0.999);
        Assert.Equal(exact[of.Network.BeforeReadout..], felt[of.Network.BeforeReadout..]); // the readout's is exact
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Simultaneous_perturbation_comes_to_the_exact_gradient_over_many_directions(bool twoSided)
    {
        var of = new MethodCase(layers: 2);
        int moved = of.Network.BeforeReadout;
        float[] exact = of.Gradient(of.PhysicsAware());

        // The estimate's other directions are noise of √((P − 1)/K) of the gradient: P = 24 parameters, K = 1,000 directions make a cosine of 0.99.
        var method = new SimultaneousPerturbation(of.Network, of.System, MethodCase.Penalty, 0.004f, directions: 1000, twoSided, seed: 1, TimeProvider.System);
        float[] felt = of.Gradient(method);
        Assert.Equal(24, moved);
        Assert.True(MethodCase.Cosine(exact.AsSpan(0, moved), felt.AsSpan(0, moved)) > 0.96);
        for (int i = moved; i < exact.Length; i++) { Assert.Equal(exact[i], felt[i], (0.06 * Math.Abs(exact[i])) + 1e-3); } // exact where the reference is; two-sided is the mean over both sides, h² away
    }

    [Fact]
    public void One_direction_alone_is_the_slope_along_it_shared_out_with_its_signs()
    {
        var of = new MethodCase(layers: 1);
        int moved = of.Network.BeforeReadout;
        float[] exact = of.Gradient(of.PhysicsAware()), felt = of.Gradient(new SimultaneousPerturbation(of.Network, of.System, MethodCase.Penalty, 0.004f, 1, twoSided: true, seed: 2, TimeProvider.System));
        double slope = Enumerable.Range(0, moved).Sum(i => (double)exact[i] * Math.Sign(felt[i])), size = Math.Abs(felt[0]);
        Assert.All(felt[..moved], g => Assert.Equal(size, Math.Abs(g), 1e-6 * size));
        Assert.Equal(size, Math.Abs(slope), (0.02 * size) + 2e-4); // signs are those of slope·Δ, so the sum is the slope; rounding 1e-7 over 8e-3, truncation h²
    }

    [Theory, InlineData("spsa"), InlineData("finite_differences"), InlineData("sharpness_aware")]
    public async Task Parameters_are_back_where_they_were_even_when_the_bench_is_lost(string name)
    {
        var of = new MethodCase(layers: 1);
        await using MixingSystem lost = TinyTask.System();
        float[] before = [.. of.Network.Parameters], gradient = new float[before.Length];
        PnnEdge.Training.Methods.ITrainingMethod method = name switch
        {
            "spsa" => new SimultaneousPerturbation(of.Network, lost, MethodCase.Penalty, 0.02f, 1, twoSided: true, seed: 1, TimeProvider.System),
            "finite_differences" => new FiniteDifferences(of.Network, lost, MethodCase.Penalty, 0.02f, TimeProvider.System),
            _ => new SharpnessAware(of.Network, new PnnEdge.Training.Methods.PhysicsAware(of.Network, lost, of.Twin, MethodCase.Penalty, TimeProvider.System), 0.1f),
        };
        lost.FailAfterCalls = 1;
        await Assert.ThrowsAsync<PhysicalSystemException>(() => method.GradientAsync(of.Batch, gradient, CancellationToken.None));
        Assert.Equal(before, of.Network.Parameters);
    }
}
