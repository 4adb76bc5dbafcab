using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Rendering;
using PnnEdge.Training.Data;
using PnnEdge.Training.Experiments;

namespace PnnEdge.Cli.Runs;

/// <summary>Trained networks to study, or networks that are to be trained first.</summary>
/// <param name="Source">The virtual bench that they are trained on.</param>
/// <param name="From">Another run whose trained seeds are taken over; null for none.</param>
/// <param name="IsResumed">The study has begun before.</param>
/// <param name="GoOn">The end of a sentence: how to go on after an interruption.</param>
internal sealed record Study(StudyFolder Folder, RunConfig Config, BenchSource Source, RunFolder? From, bool IsResumed, DataFolder Data, string GoOn)
{
    /// <summary>Begins the folder, and trains what is not trained yet.</summary>
    /// <param name="settings">Of the study.</param>
    /// <returns>[seed].</returns>
    public async Task<IReadOnlyList<SeedState>> TrainAsync<T>(T settings, CliHost host, IProgressView view, BenchLoss loss)
    {
        if (Config.AllSeeds.All(seed => (From ?? Folder.Run).LoadSeed(seed).HasFinished(Trained)))
        {
            Begin(settings, view);
            return [.. Config.AllSeeds.Select(Folder.Run.LoadSeed)];
        }

        IReadOnlyList<SeedState> states = [];
        await using OpenBench bench = await BenchOpener.OpenAsync(Source, Config.Settings.Plan().Shot, host, view, loss);
        Begin(settings, view); // not before: without a bench nothing would be in it
        await view.ShowAsync(async () => states = await new TrainRun(Folder.Run, Config, Data, host.Time).RunAsync(Trained, bench.System, bench.Truth, view, loss.Token));
        return states;
    }

    /// <summary>Studies seed after seed; a finished one is not studied again.</summary>
    /// <param name="linesOf">What the study appends while it works on a seed.</param>
    /// <returns>[seed].</returns>
    public async Task<IReadOnlyList<TSeed>> SeedsAsync<TSeed, TLine>(
        IReadOnlyList<SeedState> states, Func<TSeed, IEnumerable<TLine>> linesOf, Func<TrainedSeed, Task<TSeed>> studyAsync) where TSeed : class
    {
        TSeed?[] seeds = [.. states.Select(state => Folder.Seed<TSeed>(state.Seed))];
        Folder.RestartLines(seeds.OfType<TSeed>().SelectMany(linesOf));
        for (int i = 0; i < seeds.Length; i++)
        {
            if (seeds[i] is not null) { continue; }
            TaskData data = TaskLoader.Load(Config.Settings, Data, states[i].Seed);
            TrainRun.RequireSameData(Folder.Run, Config, states[i].Seed, data);
            TSeed seed = await studyAsync(new TrainedSeed(Config.Settings, data, Folder.Run, states[i]));
            Folder.SaveSeed(states[i].Seed, seed);
            seeds[i] = seed;
        }

        return seeds!;
    }

    private static IReadOnlyList<Method> Trained => [Method.Pat];

    private void Begin<T>(T settings, IProgressView view)
    {
        if (!IsResumed) { Folder.Begin(Config, settings, From); }
        view.Say($"Results go to {Folder.Run.Path}.");
    }
}
