using System.CommandLine;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Rendering;
using PnnEdge.Cli.Results;
using PnnEdge.Cli.Runs;
using PnnEdge.Physics.Channel;
using PnnEdge.Training.Data;
using Spectre.Console;

namespace PnnEdge.Cli.Commands;

/// <summary><c>pnn drift</c>: trained networks under a drift with a name, and what each answer to it is worth.</summary>
internal sealed class DriftCommand : StudyCommand<DriftSettings, DriftSeed, DriftStage, DriftSummary>
{
    private const int DefaultSeeds = 5;
    private const int DefaultStages = 10;
    private const int DefaultSteps = 5;
    private const int DefaultFrames = 16;
    private const int DefaultStageShots = 2000;
    private const double RateShare = 0.2; // ours

    private readonly Option<string[]> _fault = Values.Faults($"What drifts: name, name=magnitude or name=magnitude@shot, the shot counted from the drift's first; several may follow (default {DefaultFault}).");
    private readonly Option<int?> _stages = Values.WholeNumber("--stages", 1, 1000, $"How many stages (default {DefaultStages}); every answer is tested at the end of each.");
    private readonly Option<int?> _stageShots = Values.WholeNumber("--stage-shots", 1, 100_000_000, $"Shots of a stage (default {DefaultStageShots}, or what a stage takes).");
    private readonly Option<int?> _steps = Values.WholeNumber("--steps", 1, 10_000, $"Training steps in a stage, for the answers that train (default {DefaultSteps}).");
    private readonly Option<int?> _frames = Values.WholeNumber("--frames", 3, 10_000, $"Reference frames in a stage, for the answer that compensates (default {DefaultFrames}).");

    private DriftCommand(CliHost host) : base(host, new StudyOptions("drift", DefaultSeeds, FaultScope.None))
    {
    }

    /// <summary>Every system has it.</summary>
    private static string DefaultFault => "drift.gain=-0.2";

    public static Command Build(CliHost host)
    {
        var drift = new DriftCommand(host);
        return drift.Build(
            "Let a bench drift under trained networks, and compare four answers: none, gain and offset compensation, further training, and a refitted twin.",
            [drift._fault, drift._stages, drift._stageShots, drift._steps, drift._frames]);
    }

    protected override Task<DriftSeed> StudyAsync(TrainedSeed trained, DriftSettings settings, Study study, IProgressView view, BenchLoss loss) =>
        new DriftSeedRun(trained, settings, study.Folder, Host, view).RunAsync(study.Source, loss);

    protected override IEnumerable<DriftStage> LinesOf(DriftSeed seed) => seed.Stages;

    protected override DriftSummary Summarise(RunConfig config, DriftSettings settings, TaskData samples, IReadOnlyList<SeedState> states, IReadOnlyList<DriftSeed> seeds) =>
        DriftFigures.Of(config, settings, samples, states, seeds);

    protected override void Plot(Func<string, string> fileOf, DriftSummary summary, IReadOnlyList<DriftSeed> seeds, string label) => DriftPlot.Save(fileOf, summary, seeds, label);

    protected override void Tabulate(IAnsiConsole console, DriftSummary summary, AccuracyFigures baseline, string label, int testSamples) =>
        DriftTable.Write(console, summary, baseline, label, testSamples);

    protected override DriftSettings SettingsOf(ParseResult parsed, Study study, TaskData samples)
    {
        string[] faults = parsed.GetValue(_fault) is { Length: > 0 } asked ? asked : [DefaultFault];
        var settings = new DriftSettings(
            faults, parsed.GetValue(_stages) ?? DefaultStages, parsed.GetValue(_stageShots) ?? DefaultStageShots, parsed.GetValue(_steps) ?? DefaultSteps,
            parsed.GetValue(_frames) ?? DefaultFrames, RateShare, Options.Refit(parsed));
        int least = settings.Timeline(0, study.Config.Settings, samples).LeastStageShots;
        if (parsed.GetValue(_stageShots) is null) { settings = settings with { StageShots = Math.Max(DefaultStageShots, least) }; }
        Refuse(settings.StageShots < least, $"Asked for --stage-shots {settings.StageShots}; answers and test of this task take {least}.");
        RequireDrifts(faults, study, settings);
        return settings;
    }

    private static void RequireDrifts(string[] faults, Study study, DriftSettings settings)
    {
        Benches.Check(study.Source.Virtual! with { Faults = faults });
        ulong end = (ulong)settings.Stages * (ulong)settings.StageShots * (ulong)study.Config.Settings.Training.Repeats;
        foreach (NamedFault fault in faults.Select(NamedFault.Parse))
        {
            string name = FaultCatalog.Of(fault.Kind).Name;
            Refuse(FaultCatalog.Of(fault.Kind).Place == FaultPlace.Device, $"Asked for a drift of {name}; that is a mishap of the device, after which it measures as before.");
            Refuse(fault.Kind == FaultKind.Memory, $"Asked for a drift of {name}; it ties every shot to the one before, and the answers take turns on one bench.");
            Refuse(fault.FirstShot >= end, $"Asked fault {name} to begin at shot {fault.FirstShot} of the drift; {settings.Stages} stages end at shot {end}.");
        }
    }

    private static void Refuse(bool wrong, string sentence)
    {
        if (wrong) { throw new UserException(sentence, isUsage: true); }
    }
}
