using PnnEdge.Numerics.Chance;

namespace PnnEdge.Training.Data;

/// <summary>Vowel-like samples drawn from Gaussians: a stand-in where no measured data is at hand, and labelled as generated everywhere.</summary>
/// <remarks>
/// Ours: rounded formant means of seven vowels, a per-token factor for the size of the vocal tract, per-formant scatter, a small drift from 20 % to
/// 80 % of the vowel. Same shape as the vowels table, none of its values.
/// </remarks>
public static class GeneratedFormants
{
    public const int FeatureCount = 12;

    private const int TokensPerClass = 37;
    private const int TestPerClass = 7;

    // Divisors bring every feature to about 0.2 … 1.
    private static readonly double[] FullScaleHz = [1200, 3200, 4000];

    private static readonly double[,] MeanHz =
    {
        { 670, 2350, 2970 }, { 935, 1550, 2815 }, { 780, 1135, 2825 }, { 460, 1105, 2735 }, { 525, 1590, 1930 }, { 435, 2760, 3370 }, { 485, 2365, 3050 },
    };

    /// <summary>210 training and 49 test samples, as in the vowels table.</summary>
    public static (Dataset Train, Dataset Test) Create(ulong seed)
    {
        var random = new SeededRandom(seed, stream: 0xF0);
        int classes = MeanHz.GetLength(0);
        var features = new List<float>();
        var labels = new List<int>();
        for (int c = 0; c < classes; c++)
        {
            for (int token = 0; token < TokensPerClass; token++)
            {
                labels.Add(c);
                AddToken(random, c, features);
            }
        }

        var all = new Dataset("generated", Generated: true, FeatureCount, [.. features], [.. labels], VowelsCsv.ClassNames);
        (Dataset train, Dataset test) = Splitting.Stratified(all, (double)TestPerClass / TokensPerClass, seed, "generated train", "generated test");
        return (train.Checked(), test.Checked());
    }

    private static void AddToken(SeededRandom random, int c, List<float> features)
    {
        double tract = 1 + (0.06 * random.NextNormal());
        double[] formant = [.. Enumerable.Range(0, 3).Select(f => MeanHz[c, f] * tract * (1 + (0.045 * random.NextNormal())))];
        double glide = 0.04 * random.NextNormal();

        // Steady state, then 20 %, 50 % and 80 % of the vowel.
        foreach (double when in new[] { 0.0, -0.5, 0.0, 0.5 })
        {
            for (int f = 0; f < 3; f++)
            {
                features.Add((float)(formant[f] * (1 + (glide * when) + (0.01 * random.NextNormal())) / FullScaleHz[f]));
            }
        }
    }
}
