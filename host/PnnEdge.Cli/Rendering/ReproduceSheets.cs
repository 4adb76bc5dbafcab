using System.Globalization;
using PnnEdge.Cli.Results;

namespace PnnEdge.Cli.Rendering;

/// <summary>Paper against PnnEdge, as tables for a person.</summary>
internal static class ReproduceSheets
{
    private const string None = "–";

    /// <param name="rows">[experiment, its figures].</param>
    public static IReadOnlyList<Sheet> Of(IReadOnlyDictionary<string, ReproduceSummary> rows) =>
    [
        new Sheet(
            "Test accuracy of physics-aware training (PAT) on the physical system, %, mean ± sd over seeds (in brackets, how many). All systems are simulated, their parameters ours; the epoch was chosen on validation samples.",
            ["experiment", "paper", "PAT", "goal", "digital softmax", "digital layers and clamp, no physics"],
            Each(rows, row => [row.Paper, Accuracy(row.Pat), Goal(row), Percent(row.DigitalBaseline), Accuracy(row.Clamp)])),
        new Sheet(
            "The same networks trained in silico, %: what training believes → what the physical system delivers.",
            ["experiment", "in silico", "noise-aware in silico", "ideal backpropagation through the equations"],
            Each(rows, row => [Delivered(row.InSilicoClaimed, row.InSilicoDeployed), Delivered(row.NoiseAwareClaimed, row.NoiseAwareDeployed), Delivered(row.IdealClaimed, row.IdealDeployed)])),
        new Sheet(
            "The twins, and what it took until here, all methods and seeds together.",
            ["experiment", "twin NRMSE", "gradient cosine", "physical passes", "computing time"],
            Each(rows, row =>
            [
                Number(row.Twin.Nrmse, "F3"), Number(row.Twin.GradientCosine, "F3"), Number(row.Passes, "N0"), Durations.Short(TimeSpan.FromSeconds(row.Seconds.Total)),
            ])),
        new Sheet(
            "One inference. Physical time is the bench's own without the link: its converters', or where it is slower the pulse shaper's (100 patterns per second); energy is what the drive's source gives, where the model has its current.",
            ["experiment", "passes", "physical time", "throughput", "energy"],
            Each(rows, row =>
            [
                Number(row.PassesPerInference, "N0"), $"{Number(1000 * row.SecondsPerInference, "G3")} ms", $"{Number(row.InferencesPerSecond, row.InferencesPerSecond < 100 ? "G3" : "N0")} per s",
                row.JoulePerInference is double joule ? Energy(joule) : row.Pat is null ? None : "no current in the model",
            ])),
    ];

    /// <param name="command">Its words, without the program's name.</param>
    public static string Origin(IEnumerable<string> command, DateTimeOffset when) =>
        string.Create(CultureInfo.InvariantCulture, $"Recorded {when:yyyy-MM-dd} with `pnn {string.Join(' ', command)}`.");

    private static IReadOnlyList<IReadOnlyList<string>> Each(IReadOnlyDictionary<string, ReproduceSummary> rows, Func<ReproduceSummary, IReadOnlyList<string>> cells) =>
        [.. rows.Select(row => (IReadOnlyList<string>)[row.Key, .. cells(row.Value)])];

    private static string Accuracy(AccuracyFigures? figures) => figures is null ? None : $"{Figures.Points(figures)} ({figures.Each.Count})";

    private static string Delivered(AccuracyFigures? claimed, AccuracyFigures? delivered) => delivered is null ? None : $"{Accuracy(claimed)} → {Accuracy(delivered)}";

    private static string Goal(ReproduceSummary row)
    {
        if (row.Goal is not double goal) { return None; }
        string asked = row.GoalFurther.Length > 0 ? $"{Percent(goal)}, {row.GoalFurther}" : Percent(goal);
        return $"{asked}: {row.GoalReached switch { true => "reached", false => "not reached", null => "not yet known" }}";
    }

    private static string Energy(double joule) => Math.Abs(joule) >= 1e-3 ? $"{Number(1e3 * joule, "G3")} mJ" : $"{Number(1e6 * joule, "G3")} µJ";

    private static string Percent(double share) => Number(100 * share, "F1");

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
