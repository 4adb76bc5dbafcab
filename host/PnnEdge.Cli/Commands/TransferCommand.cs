using System.CommandLine;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Rendering;
using PnnEdge.Cli.Results;
using PnnEdge.Cli.Runs;
using PnnEdge.Training.Data;
using PnnEdge.Training.Experiments;
using PnnEdge.Training.Methods.Adaptation;
using Spectre.Console;

namespace PnnEdge.Cli.Commands;

/// <summary><c>pnn transfer</c>: networks trained on one unit, on another: as they come, and recovered by physics-aware training.</summary>
internal sealed class TransferCommand
{
    private const int DefaultSeeds = 5;
    private const int DefaultSteps = 50;
    private const int Tests = 10;
    private const double RateShare = 0.1; // ours

    private readonly CliHost _host;
    private readonly StudyOptions _study = new("transfer", DefaultSeeds, FaultScope.Bench);
    private readonly Option<int?> _toSerial = Values.WholeNumber("--to-serial", 1, int.MaxValue, "The other unit's serial number (default the one after --serial).");
    private readonly Option<int?> _passes = Values.WholeNumber("--passes", 1, 1_000_000_000, $"Physical passes of training on the other unit, in whole steps (default {DefaultSteps} steps).");

    private TransferCommand(CliHost host) => _host = host;

    public static Command Build(CliHost host)
    {
        var transfer = new TransferCommand(host);
        const string About = "Train on one unit, deploy on another with its own imperfections, and recover there by physics-aware training with the first unit's twin.";
        return transfer._study.Build(About, [transfer._toSerial, transfer._passes], transfer.RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        Study study = _study.Read(parsed, _host);
        TaskData samples = TaskLoader.Load(study.Config.Settings, study.Data, study.Config.FirstSeed);
        TransferSettings settings = study.IsResumed ? study.Folder.Settings<TransferSettings>() : Settings(parsed, study, samples);
        IProgressView view = Consoles.ViewOf(_host, parsed.GetValue(CommonOptions.Quiet));

        IReadOnlyList<SeedState> states = [];
        IReadOnlyList<TransferSeed> seeds = [];
        await KeptRun.WorkAsync(study.Folder.Run, study.GoOn, async loss =>
        {
            states = await study.TrainAsync(settings, _host, view, loss);
            await view.ShowAsync(async () => seeds = await study.SeedsAsync<TransferSeed, TransferPoint>(
                states, seed => seed.OldTwin.Concat(seed.RefitTwin),
                trained => new TransferSeedRun(trained, settings, study.Folder, _host, view).RunAsync(study.Source, loss)));
        }, cancellation);

        TransferSummary summary = TransferFigures.Of(study.Config, settings, states, seeds);
        AtomicFile.Write(study.Folder.SummaryFile, JsonText.Page(summary));
        string label = Labels.Of(summary.Simulated, study.Config.Generated);
        string[] plot = Pictures.Draw(_host, "transfer", () => TransferPlot.Save(study.Folder.PlotFile, summary, seeds, label));
        Shown.Result(_host, parsed, summary, console =>
        {
            var baseline = AccuracyFigures.Of([.. states.Select(state => state.Baseline!.Value)]);
            TransferTable.Write(console, summary, baseline, label, samples.Test.Count);
            console.WriteLine($"{study.Folder.Run.Path}: {string.Join(", ", ["transfer.json", "transfer.jsonl", .. plot])}, and what 'pnn train' leaves");
        });
        return ExitCode.Done;
    }

    private TransferSettings Settings(ParseResult parsed, Study study, TaskData samples)
    {
        BenchRequest from = study.Source.Virtual!;
        uint to = (uint?)parsed.GetValue(_toSerial) ?? from.Serial + 1;
        if (to == from.Serial) { throw new UserException($"Asked to transfer to unit {to}, which the network is trained on; possible is any other serial number.", isUsage: true); }
        if (from.Ideal) { throw new UserException("With --ideal every unit is the nominal one, and there is nothing to transfer to.", isUsage: true); }
        ExperimentSettings experiment = study.Config.Settings;
        int ofStep = ContinuedTraining.PassesOfStep(experiment.Network.Layers * experiment.Network.Branches, samples.Train, experiment.Training);
        int steps = parsed.GetValue(_passes) is int passes ? (int)(((long)passes + ofStep - 1) / ofStep) : DefaultSteps;
        return new TransferSettings(to, steps, Math.Max(1, steps / Tests), RateShare, _study.Refit(parsed));
    }
}
