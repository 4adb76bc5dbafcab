using System.CommandLine;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Rendering;
using PnnEdge.Cli.Results;
using PnnEdge.Cli.Runs;
using PnnEdge.Training.Data;
using PnnEdge.Training.Experiments;
using Spectre.Console;

namespace PnnEdge.Cli.Commands;

/// <summary>A command that trains networks, or takes trained ones, studies them seed after seed on further virtual benches, and tells what came of it.</summary>
/// <typeparam name="TSettings">What the study asks beyond the experiment; kept in its folder.</typeparam>
/// <typeparam name="TSeed">One seed's study.</typeparam>
/// <typeparam name="TLine">What is written down while a seed is studied.</typeparam>
internal abstract class StudyCommand<TSettings, TSeed, TLine, TSummary>(CliHost host, StudyOptions options)
    where TSettings : class
    where TSeed : class
{
    protected CliHost Host => host;

    protected StudyOptions Options => options;

    protected Command Build(string about, IReadOnlyList<Option> own) => options.Build(about, own, RunAsync);

    /// <exception cref="UserException">They ask what cannot be.</exception>
    protected abstract TSettings SettingsOf(ParseResult parsed, Study study, TaskData samples);

    protected abstract Task<TSeed> StudyAsync(TrainedSeed trained, TSettings settings, Study study, IProgressView view, BenchLoss loss);

    /// <summary>What <see cref="StudyAsync"/> wrote down.</summary>
    protected abstract IEnumerable<TLine> LinesOf(TSeed seed);

    /// <param name="samples">Of any seed: their numbers are the same in all.</param>
    /// <param name="states">[seed].</param> <param name="seeds">[seed].</param>
    protected abstract TSummary Summarise(RunConfig config, TSettings settings, TaskData samples, IReadOnlyList<SeedState> states, IReadOnlyList<TSeed> seeds);

    /// <param name="fileOf">From an extension.</param>
    /// <param name="label">What kind of system and data stand behind the figures.</param>
    protected abstract void Plot(Func<string, string> fileOf, TSummary summary, IReadOnlyList<TSeed> seeds, string label);

    /// <param name="baseline">Digital softmax regression.</param>
    /// <param name="testSamples">Behind every accuracy.</param>
    protected abstract void Tabulate(IAnsiConsole console, TSummary summary, AccuracyFigures baseline, string label, int testSamples);

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        Study study = options.Read(parsed, host);
        TaskData samples = TaskLoader.Load(study.Config.Settings, study.Data, study.Config.FirstSeed);
        TSettings settings = study.IsResumed ? study.Folder.Settings<TSettings>() : SettingsOf(parsed, study, samples);
        IProgressView view = Consoles.ViewOf(host, parsed.GetValue(CommonOptions.Quiet));

        IReadOnlyList<SeedState> states = [];
        IReadOnlyList<TSeed> seeds = [];
        await KeptRun.WorkAsync(study.Folder.Run, study.GoOn, async loss =>
        {
            states = await study.TrainAsync(settings, host, view, loss);
            await view.ShowAsync(async () => seeds = await study.SeedsAsync(states, LinesOf, trained => StudyAsync(trained, settings, study, view, loss)));
        }, cancellation);

        TSummary summary = Summarise(study.Config, settings, samples, states, seeds);
        AtomicFile.Write(study.Folder.SummaryFile, JsonText.Page(summary));
        string label = Labels.Of(simulated: true, study.Config.Generated);
        string[] plot = Pictures.Draw(host, study.Folder.Study, () => Plot(study.Folder.PlotFile, summary, seeds, label));
        Shown.Result(host, parsed, summary, console =>
        {
            Tabulate(console, summary, AccuracyFigures.Of([.. states.Select(state => state.Baseline!.Value)]), label, samples.Test.Count);
            console.WriteLine($"{study.Folder.Run.Path}: {study.Folder.FileNames(plot)}, and what 'pnn train' leaves");
        });
        return ExitCode.Done;
    }
}
