using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Rendering;
using PnnEdge.Cli.Runs;
using PnnEdge.Training.Experiments;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.Cli.Commands;

/// <summary>What both twin commands do with a bench.</summary>
internal static class TwinBench
{
    public static async Task UseAsync(
        BenchSource source, ShotShape shot, CliHost host, IProgressView view, Func<OpenBench, CancellationToken, Task> work, CancellationToken cancellation)
    {
        using var loss = new BenchLoss(cancellation);
        try
        {
            await using OpenBench bench = await BenchOpener.OpenAsync(source, shot, host, view, loss);
            await view.ShowAsync(() => work(bench, loss.Token));
        }
        catch (OperationCanceledException lost) when (loss.Sentence is not null)
        {
            throw new PhysicalSystemException(loss.Sentence, lost);
        }
    }

    public static IProgress<TwinFitProgress> Progress(IProgressView view) => new Callback<TwinFitProgress>(p => view.Report(new StageProgress(
        null, p.Stage == "shots" ? "random shots" : "fitting", p.Done, p.Of, double.IsNaN(p.Loss) ? string.Empty : $"error {Math.Sqrt(p.Loss):F3} of the spread", double.NaN)));

    public static async Task<FidelityReport> ProbeAsync(
        OpenBench bench, ITwin twin, ExperimentSettings settings, ulong seed, ulong firstShot, IProgressView view, CancellationToken cancellation)
    {
        view.Report(new StageProgress(null, "probing the gradient", 0, 1, string.Empty, double.NaN));
        FidelityReport report = await TwinFidelity.RunAsync(
            bench.System, bench.Truth, twin, settings.Plan(), settings.UsedRange(bench.System.Description), new FidelitySettings(), seed, firstShot, cancellation);
        view.Report(new StageProgress(null, "probing the gradient", 1, 1, string.Empty, double.NaN));
        return report;
    }
}
