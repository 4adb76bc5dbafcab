using PnnEdge.Training.Methods;
using PnnEdge.Training.Methods.Rivals;
using PnnEdge.Training.Twins;

namespace PnnEdge.Training.Tests.Methods;

/// <summary>Methods that do more with a twin's gradient.</summary>
public class TwinMethodTests
{
    [Fact]
    public void Sharpness_aware_training_takes_the_gradient_a_radius_up_the_slope()
    {
        const float radius = 0.2f;
        var of = new MethodCase();
        float[] here = [.. of.Network.Parameters], exact = of.Gradient(of.PhysicsAware());
        float[] aware = of.Gradient(new SharpnessAware(of.Network, of.PhysicsAware(), radius));
        Assert.Equal(here, of.Network.Parameters);
        double norm = Math.Sqrt(exact.Sum(g => (double)g * g));
        for (int i = 0; i < here.Length; i++) { of.Network.Parameters[i] = here[i] + ((float)(radius / norm) * exact[i]); }
        Assert.Equal(of.Gradient(of.PhysicsAware()), aware);
        Assert.NotEqual(exact, aware);
    }

    [Fact]
    public async Task An_error_twin_is_its_model_until_it_has_learnt_and_then_nearer_to_the_system()
    {
        var of = new MethodCase();
        var wrong = new BiasedTwin(MethodCase.TwinOf(3), 0.5); // half of the outputs too steep, half too shallow
        var twin = new ErrorTwin(wrong, [24], learningRate: 5e-3, stepsPerLayer: 4, seed: 1);
        float[] exact = of.Gradient(of.PhysicsAware()), modelled = of.Gradient(of.PhysicsAware(wrong));
        Assert.Equal(modelled, of.Gradient(of.PhysicsAware(twin)));

        var method = new DualAdaptive(of.Network, of.System, twin, MethodCase.Penalty, TimeProvider.System);
        float[] unused = new float[exact.Length];
        for (int step = 0; step < 400; step++) { await method.GradientAsync(of.BatchOf(step), unused, CancellationToken.None); }
        double before = MethodCase.Cosine(exact, modelled), after = MethodCase.Cosine(exact, of.Gradient(of.PhysicsAware(twin)));
        Assert.True(before < 0.9); // the model is wrong enough to tell
        double errorBefore = NrmseOn(of, wrong), errorAfter = NrmseOn(of, twin);
        Assert.True(errorAfter < 0.3 * errorBefore, $"{errorBefore} before, {errorAfter} after");
        Assert.True(after > 0.95, $"cosine {before} before, {after} after");
    }

    [Fact]
    public void The_gradient_of_an_error_twin_is_the_central_difference_of_its_forward()
    {
        var of = new MethodCase();
        var twin = new ErrorTwin(MethodCase.TwinOf(21), [8], learningRate: 5e-3, stepsPerLayer: 2, seed: 1);
        var method = new DualAdaptive(of.Network, of.System, twin, MethodCase.Penalty, TimeProvider.System);
        for (int step = 0; step < 20; step++) { of.Gradient(method); }

        int slots = 2 * twin.Slots;
        float[] x = MethodCase.Noise(slots + 1, 2, 0.5f), v = MethodCase.Noise(2 * twin.Outputs, 4, 1), dx = new float[x.Length], y = new float[v.Length];
        twin.Vjp(x.AsSpan(0, slots), x.AsSpan(slots), 2, v, dx.AsSpan(0, slots), dx.AsSpan(slots));
        double largest = dx.Max(Math.Abs);
        for (int i = 0; i < x.Length; i++)
        {
            const float h = 1f / 128;
            float middle = x[i];
            x[i] = middle + h;
            double up = Along();
            x[i] = middle - h;
            double difference = (up - Along()) * 64;
            x[i] = middle;
            Assert.Equal(difference, dx[i], (0.01 * largest) + 1e-3); // rounding of sums of order 10, 1e-6·64; truncation h²
        }

        double Along()
        {
            twin.Forward(x.AsSpan(0, slots), x.AsSpan(slots), 2, y);
            return v.Zip(y, (a, b) => (double)a * b).Sum();
        }
    }

    private static double NrmseOn(MethodCase of, ITwin twin)
    {
        PhysicsAware probe = of.PhysicsAware(twin);
        of.Gradient(probe);
        var set = new ShotSet();
        foreach (var tape in probe.Tapes) { set.Add(new ShotCall(MethodCase.Labels.Length, [.. tape.Applied], [.. tape.AppliedActuators], [.. tape.Windows])); }
        return TwinFitting.Nrmse(twin, set);
    }
}
