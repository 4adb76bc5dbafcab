namespace PnnEdge.Benchmarks.Twins;

/// <summary>A perceptron and a mini-batch.</summary>
/// <param name="LeastRatio">Promised on one thread: TorchSharp's time for each of ours.</param>
internal sealed record TrainingStepShape(string Name, int[] Widths, int Shots, double LeastRatio)
{
    public static IReadOnlyList<TrainingStepShape> All { get; } =
    [
        new("64_128_128_32_batch_8", [64, 128, 128, 32], 8, 3),
        new("64_128_128_32_batch_32", [64, 128, 128, 32], 32, 3),
        new("100_500_1000_300_50_50_batch_100", [100, 500, 1000, 300, 50, 50], 100, 1),
        new("400_512_512_100_batch_64", [400, 512, 512, 100], 64, 1),
    ];

    /// <summary>Of the products: forward, and reverse by weights and by every layer's input but the first. A multiply-add counts as two.</summary>
    public double Operations => 2.0 * Shots * Enumerable.Range(1, Widths.Length - 1).Sum(l => (l == 1 ? 2L : 3L) * Widths[l - 1] * Widths[l]);
}
