using PnnEdge.Training.Experiments;
using PnnEdge.Training.Networks;

namespace PnnEdge.Cli.Runs;

/// <summary>One row of the table "paper against PnnEdge".</summary>
/// <param name="Experiment">Of the catalogue, or a file's name without its ending.</param>
/// <param name="Paper">What the source reports, for a person.</param>
/// <param name="Goal">Mean test accuracy of physics-aware training to reach, 0 to 1; null where none is set.</param>
/// <param name="Further">What else is asked, in words; empty for nothing.</param>
/// <param name="Meets">That: of the accuracies of physics-aware training, in silico delivered and the digital baseline; null while a part is missing.</param>
internal sealed record PaperRow(string Experiment, string Paper, double? Goal, string Further, Func<double, double?, double, bool?> Meets)
{
    /// <summary>A row of somebody's own, with nothing to hold it against.</summary>
    public static PaperRow Own(string experiment) => new(experiment, "–", null, string.Empty, (_, _, _) => null);

    /// <summary>Null while something is missing, or where nothing is asked.</summary>
    public bool? Reached(double? pat, double? silico, double digital) =>
        pat is not double mean || Goal is not double goal ? null : mean >= goal ? Meets(mean, silico, digital) : false;
}

/// <summary>What <c>pnn reproduce</c> runs.</summary>
internal static class Reproduction
{
    // Wright et al., Nature 601, 549 (2022), and the original authors' public examples 1 and 2.
    public static IReadOnlyList<PaperRow> Rows { get; } =
    [
        new("shg-vowels", "93 %; in silico ≈ 40 %", 0.93, "in silico ≥ 20 points lower", (pat, silico, _) => silico is double s ? pat - s >= 0.2 : null),
        new("shg-mnist", "97 %; digital ≈ 90 %", 0.97, "≥ 4 points above digital", (pat, _, digital) => pat - digital >= 0.04),
        new("plate-mnist", "87 %", 0.87, "", (_, _, _) => true),
        new("circuit-mnist", "93 %", 0.93, "", (_, _, _) => true),
        new("oscillators-mnist", "98.0 % (best of 20 epochs)", 0.97, "", (_, _, _) => true),
        PaperRow.Own("oscillators-gap-mnist") with { Paper = "Fashion-MNIST: 90 % (larger network)" },
    ];

    /// <summary>The methods of one row: a clamp alone makes sense only between two digital layers.</summary>
    public static bool Applies(Method method, ExperimentSettings settings) =>
        method != Method.Clamp || (settings.Network.Input == InputKind.Dense && settings.Network.Readout == ReadoutKind.Dense);

    /// <summary>A version of minutes: few images, few epochs, the same networks.</summary>
    public static ExperimentSettings Quick(ExperimentSettings settings) => settings with
    {
        Data = settings.Task == TaskLoader.Mnist
            ? settings.Data with { TrainLimit = 4000, TestLimit = 1000 }
            : settings.Data,
        Training = settings.Training with { Epochs = settings.Task == TaskLoader.Mnist ? 2 : Math.Min(settings.Training.Epochs, 150) },
        Twin = settings.Twin with { Epochs = Math.Min(settings.Twin.Epochs, 20) },
        Baseline = settings.Baseline with { Steps = Math.Min(settings.Baseline.Steps, 1000) },
    };
}
