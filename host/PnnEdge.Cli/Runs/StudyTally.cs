using PnnEdge.Cli.Results;

namespace PnnEdge.Cli.Runs;

/// <summary>What a study and the training before it cost, all seeds together.</summary>
internal static class StudyTally
{
    public static (StudyPasses Passes, StudySeconds Seconds) Of(IReadOnlyList<SeedState> states, IReadOnlyList<IStudiedSeed> seeds)
    {
        double training = states.Sum(state => state.Tally.TotalSeconds), study = seeds.Sum(seed => seed.Seconds);
        return (new StudyPasses(states.Sum(state => state.Tally.Passes), seeds.Sum(seed => seed.Passes)), new StudySeconds(training + study, training, study));
    }
}
