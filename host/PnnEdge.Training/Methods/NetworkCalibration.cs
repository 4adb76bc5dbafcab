using PnnEdge.Training.Data;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Methods;

/// <summary>Start values of each layer's scale and offset from what the system measures, so that a deep network starts inside its drive range.</summary>
/// <remarks>
/// Layer after layer, on a few training samples: the carried values are brought to a mean of 0.5 and a spread of 0.25 of the drive range, and the
/// readout's groups to mean 0 and spread 1. Without it the signal shrinks from layer to layer and a deep network does not start to learn.
/// </remarks>
public static class NetworkCalibration
{
    private const int Samples = 64;

    /// <param name="firstShot">Logical index of the first shot.</param>
    /// <returns>The first logical index that it did not use: <see cref="Shots"/> further.</returns>
    public static async Task<ulong> RunAsync(
        PhysicalNetwork network, IPhysicalSystem system, Dataset train, ulong firstShot, TimeProvider time, CancellationToken cancellation)
    {
        if (network.Shape.KeepVolts) { return firstShot; }
        int shots = Math.Min(Samples, train.Count);
        var pass = new ForwardPass(network, time);
        ulong next = firstShot;
        for (int layer = 1; layer <= network.Shape.Layers; layer++)
        {
            ulong first = next;
            await pass.RunAsync(system, train.Features.AsMemory(0, shots * train.FeatureCount), shots, l => first + (ulong)(l * shots * network.Shape.Branches), cancellation);
            next += (ulong)(network.Shape.PassesPerSample * shots);
            if (layer < network.Shape.Layers)
            {
                (double mean, double spread) = Moments(pass.Tapes[layer].Input);
                network.SetLayerInput(layer, scale: (float)(0.25 / spread), offset: (float)(0.5 - (0.25 * mean / spread)));
            }
            else
            {
                network.StandardiseReadout(pass.Carried, shots);
            }
        }

        return next;
    }

    /// <summary>How many shots it plays.</summary>
    public static ulong Shots(NetworkShape shape, Dataset train) => shape.KeepVolts ? 0 : (ulong)shape.Layers * (ulong)shape.PassesPerSample * (ulong)Math.Min(Samples, train.Count);

    internal static (double Mean, double Spread) Moments(ReadOnlySpan<float> values)
    {
        double sum = 0, squares = 0;
        foreach (float value in values) { sum += value; }
        double mean = sum / values.Length;
        foreach (float value in values) { squares += (value - mean) * (value - mean); }

        // A floor of 1 % keeps a dead layer's noise from being blown up to the whole range.
        return (mean, Math.Max(Math.Sqrt(squares / values.Length), 0.01));
    }
}
