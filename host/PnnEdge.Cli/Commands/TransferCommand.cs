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
internal sealed class TransferCommand : StudyCommand<TransferSettings, TransferSeed, TransferPoint, TransferSummary>
{
    private const int DefaultSeeds = 5;
    private const int DefaultSteps = 50;
    private const int Tests = 10;
    private const double RateShare = 0.1; // ours

    private readonly Option<int?> _toSerial = Values.WholeNumber("--to-serial", 1, int.MaxValue, "The other unit's serial number (default the one after --serial).");
    private readonly Option<int?> _passes = Values.WholeNumber("--passes", 1, 1_000_000_000, $"Physical passes of training on the other unit, in whole steps (default {DefaultSteps} steps).");

    private TransferCommand(CliHost host) : base(host, new StudyOptions("transfer", DefaultSeeds, FaultScope.Bench))
    {
    }

    public static Command Build(CliHost host)
    {
        var transfer = new TransferCommand(host);
        return transfer.Build(
            "Train on one unit, deploy on another with its own imperfections, and recover there by physics-aware training with the first unit's twin.",
            [transfer._toSerial, transfer._passes]);
    }

    protected override Task<TransferSeed> StudyAsync(TrainedSeed trained, TransferSettings settings, Study study, IProgressView view, BenchLoss loss) =>
        new TransferSeedRun(trained, settings, study.Folder, Host, view).RunAsync(study.Source, loss);

    protected override IEnumerable<TransferPoint> LinesOf(TransferSeed seed) => seed.OldTwin.Concat(seed.RefitTwin);

    protected override TransferSummary Summarise(
        RunConfig config, TransferSettings settings, TaskData samples, IReadOnlyList<SeedState> states, IReadOnlyList<TransferSeed> seeds) =>
        TransferFigures.Of(config, settings, states, seeds);

    protected override void Plot(Func<string, string> fileOf, TransferSummary summary, IReadOnlyList<TransferSeed> seeds, string label) =>
        TransferPlot.Save(fileOf, summary, seeds, label);

    protected override void Tabulate(IAnsiConsole console, TransferSummary summary, AccuracyFigures baseline, string label, int testSamples) =>
        TransferTable.Write(console, summary, baseline, label, testSamples);

    protected override TransferSettings SettingsOf(ParseResult parsed, Study study, TaskData samples)
    {
        BenchRequest from = study.Source.Virtual!;
        uint to = (uint?)parsed.GetValue(_toSerial) ?? from.Serial + 1;
        if (to == from.Serial) { throw new UserException($"Asked to transfer to unit {to}, which the network is trained on; possible is any other serial number.", isUsage: true); }
        if (from.Ideal) { throw new UserException("With --ideal every unit is the nominal one, and there is nothing to transfer to.", isUsage: true); }
        ExperimentSettings experiment = study.Config.Settings;
        int ofStep = ContinuedTraining.PassesOfStep(experiment.Network.Layers * experiment.Network.Branches, samples.Train, experiment.Training);
        int steps = parsed.GetValue(_passes) is int passes ? (int)(((long)passes + ofStep - 1) / ofStep) : DefaultSteps;
        return new TransferSettings(to, steps, Math.Max(1, steps / Tests), RateShare, Options.Refit(parsed));
    }
}
