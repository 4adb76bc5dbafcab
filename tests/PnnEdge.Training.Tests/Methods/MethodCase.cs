using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.Training.Tests.Methods;

/// <summary>A small network on a system that is a twin itself, so that its gradient is known exactly; with a batch of five samples.</summary>
internal sealed class MethodCase
{
    private static readonly float[] Features = [.. Enumerable.Range(0, 5 * 4).Select(i => 0.1f + (0.8f * (i * 7 % 20) / 20f))];

    public static RangePenalty Penalty => TinyTask.Settings(1).Penalty;

    public static int[] Labels => [0, 1, 2, 1, 0];

    public MlpTwin Twin { get; } = TwinOf(3);

    public TwinSystem System { get; }

    public PhysicalNetwork Network { get; }

    public ShotCounter Shots { get; } = new(0);

    public MethodCase(int layers = 3)
    {
        System = new TwinSystem(Twin, TinyTask.Plan, TinyTask.System().Description);
        Network = TinyTask.Network(OutputScale.Same(TinyTask.Plan.Windows, 0.05f, 0.6f), seed: 4, layers);
        for (int layer = 1; layer < layers; layer++) { Network.SetLayerInput(layer, 0.1f, 0.5f); } // no unit near a clamp, where a difference has two slopes
    }

    /// <summary>Other features for every number.</summary>
    public MiniBatch BatchOf(int number) => new(Noise(5 * 4, 100 + (ulong)number, 0.3f), Labels, _ => Shots.Take(Labels.Length));

    public MiniBatch Batch => new(Features, Labels, _ => Shots.Take(Labels.Length));

    public static MlpTwin TwinOf(ulong seed)
    {
        int slots = TinyTask.Plan.Slots;
        float[] x = Noise(64 * (slots + 1), seed, 0.5f), y = Noise(64 * TinyTask.Plan.Windows, seed + 1, 0.6f);
        return new MlpTwin(TwinScale.Of(x, y, 64), [12], seed, actuators: 1);
    }

    public float[] Gradient(ITrainingMethod method)
    {
        float[] gradient = new float[Network.Parameters.Length];
        method.GradientAsync(Batch, gradient, CancellationToken.None).GetAwaiter().GetResult();
        return gradient;
    }

    public PhysicsAware PhysicsAware(ITwin? twin = null) => new(Network, System, twin ?? Twin, Penalty, TimeProvider.System);

    public static float[] Noise(int count, ulong seed, float scale)
    {
        var random = new SeededRandom(seed, stream: 5);
        return [.. Enumerable.Range(0, count).Select(_ => scale * (float)random.NextNormal())];
    }

    public static double Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double ab = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.Length; i++) { (ab, aa, bb) = (ab + (a[i] * b[i]), aa + (a[i] * a[i]), bb + (b[i] * b[i])); }
        return ab / Math.Sqrt(aa * bb);
    }

    /// <summary>Of one layer's own parameters.</summary>
    public float[] OfLayer(int layer, float[] values)
    {
        LayerParameters at = Network.Layers[layer];
        return [.. at.Theta.Of(values), .. at.Actuators.Of(values), .. at.Scale.Of(values), .. at.Offset.Of(values), .. at.Skip.Of(values)];
    }
}
