using PnnEdge.Training.Coding;
using PnnEdge.Training.Twins;
using PnnEdge.Training.Twins.Search;

namespace PnnEdge.Training.Tests.Twins;

public class TwinSearchTests
{
    private static readonly TwinCandidate Whole = TwinCandidate.Of(TinyTask.TwinFit with { BatchShots = 10 });
    private static readonly TwinCandidate Wide = TwinCandidate.Of(TinyTask.TwinFit with { BatchShots = 10, HiddenWidths = [100] });
    private static readonly TwinCandidate Causal = TwinCandidate.Of(TinyTask.TwinFit with { Kind = TwinKind.CausalPerceptron, MemorySlots = 6, BatchShots = 10 });
    private static readonly TwinCandidate Convolution = TwinCandidate.Of(
        TinyTask.TwinFit with { Kind = TwinKind.CausalConvolution, MemorySlots = 6, HiddenWidths = [16, 16], BatchShots = 10, LearningRate = 0.01 });
    private static readonly TwinCandidate Misfit = TwinCandidate.Of(TinyTask.TwinFit with { Kind = TwinKind.CausalPerceptron, MemorySlots = 1 });

    [Fact]
    public async Task Of_300_shots_of_a_system_with_memory_a_causal_twin_is_found_within_the_budget()
    {
        const double Budget = 1e9;
        ShotSet shots = await PlayAsync(300);
        TwinSearchResult found = await SearchAsync(shots, [Whole, Wide, Causal, Convolution], Budget);
        Assert.NotEqual(TwinKind.Perceptron, found.Candidate.Settings.Kind);
        Assert.Equal([2, 2, 1, 1], found.Rows.Select(row => row.Rungs));
        Assert.Equal(found.Rows[0].HeldOutNrmse, TwinFitting.Nrmse(found.Best, TwinFitting.HoldOut(shots).Kept));
        Assert.True(found.Rows[0].HeldOutNrmse <= found.Rows[1].HeldOutNrmse);
        double spent = found.Rows.Sum(row => 3.0 * 10 * row.Steps * row.MultiplyAddsPerShot), oneStepEach = found.Rows.Sum(row => 3.0 * 10 * row.Rungs * row.MultiplyAddsPerShot);
        Assert.InRange(spent, Budget, Budget + oneStepEach);
    }

    [Fact]
    public async Task The_same_work_finds_the_same_twin()
    {
        ShotSet shots = await PlayAsync(200);
        TwinSearchResult a = await SearchAsync(shots, [Whole, Causal, Convolution], 1e8), b = await SearchAsync(shots, [Whole, Causal, Convolution], 1e8);
        Assert.Equal(a.Rows, b.Rows);
        Assert.Equal(a.Best.Parameters, b.Best.Parameters);
    }

    [Fact]
    public async Task A_budget_of_seconds_ends_on_the_clock()
    {
        var clock = new CountingClock();
        TwinSearchResult found = await TwinSearch.RunAsync(
            await PlayAsync(200), TinyTask.Plan, [Whole, Causal], TwinSearchBudget.OfSeconds(20, clock), 1, null, null, default);
        Assert.Equal([10, 10], found.Rows.Select(row => row.Steps)); // one rung, half of 20 s each, and the clock moves a second whenever it is asked
    }

    [Fact]
    public async Task The_gradient_decides_between_the_last_two_where_it_is_asked()
    {
        ShotSet shots = await PlayAsync(200);
        TwinSearchResult byError = await SearchAsync(shots, [Causal, Convolution], 1e8);
        TwinSearchResult byGradient = await SearchAsync(shots, [Causal, Convolution], 1e8, (twin, _) => Task.FromResult(-TwinFitting.Nrmse(twin, shots)));
        TwinSearchResult against = await SearchAsync(shots, [Causal, Convolution], 1e8, (twin, _) => Task.FromResult(TwinFitting.Nrmse(twin, shots)));
        Assert.Equal(byError.Candidate, byGradient.Candidate);
        Assert.NotEqual(byError.Candidate, against.Candidate);
        Assert.All(against.Rows, row => Assert.NotNull(row.GradientCosine));
    }

    [Fact]
    public async Task What_does_not_suit_the_shots_is_listed_with_its_reason()
    {
        ShotSet shots = await PlayAsync(100);
        TwinSearchResult found = await SearchAsync(shots, [Misfit, Causal], 1e7);
        Assert.Equal((Causal, null), (found.Rows[0].Candidate, found.Rows[0].Refused));
        Assert.Contains("memory of 1 slots", found.Rows[1].Refused, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => SearchAsync(shots, [Misfit], 1e7));
    }

    [Fact]
    public void Only_a_system_that_is_measured_while_it_is_driven_gets_causal_candidates()
    {
        Assert.Contains(TwinCandidate.For(TinyTask.Plan, TinyTask.TwinFit), candidate => candidate.Settings.Kind == TwinKind.CausalConvolution);
        Assert.All(TwinCandidate.For(new SlotPlan(8, 8, 1, 8, readSamples: 8), TinyTask.TwinFit), candidate => Assert.Equal(TwinKind.Perceptron, candidate.Settings.Kind));
    }

    private static Task<ShotSet> PlayAsync(int shots) => TwinFitting.PlayAsync(TinyTask.System(), TinyTask.Plan, TinyTask.Drive, shots, 20, 1, null, default);

    private static Task<TwinSearchResult> SearchAsync(
        ShotSet shots, TwinCandidate[] candidates, double work, Func<ITwin, CancellationToken, Task<double>>? gradientCosine = null) =>
        TwinSearch.RunAsync(shots, TinyTask.Plan, candidates, TwinSearchBudget.OfMultiplyAdds(work), 1, gradientCosine, null, default);

    private sealed class CountingClock : TimeProvider
    {
        private long _seconds;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _seconds++;
    }
}
