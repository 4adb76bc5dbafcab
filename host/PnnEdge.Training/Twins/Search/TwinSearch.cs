using PnnEdge.Numerics.Optimizers;
using PnnEdge.Training.Coding;

namespace PnnEdge.Training.Twins.Search;

/// <param name="Rungs">Halvings survived, the first counted.</param>
/// <param name="HeldOutNrmse">After its last step; NaN where it could not be fitted.</param>
/// <param name="GradientCosine">Of those that were left at the end, where it was asked.</param>
/// <param name="Refused">Why it was not or no longer fitted, or null.</param>
public sealed record TwinSearchRow(
    TwinCandidate Candidate, int Parameters, long MultiplyAddsPerShot, int Steps, int Rungs, double HeldOutNrmse, double? GradientCosine, string? Refused);

/// <param name="Rows">Best first.</param>
public sealed record TwinSearchResult(ITrainableTwin Best, TwinCandidate Candidate, IReadOnlyList<TwinSearchRow> Rows);

/// <summary>
/// Successive halving (Jamieson and Talwalkar 2016): every rung spends an equal part of the budget, equally among the candidates left, each of which
/// goes on from where it stood; the better half by held-out error goes on.
/// </summary>
public static class TwinSearch
{
    /// <param name="gradientCosine">Asked of the last two; then it decides between them instead of the error.</param>
    /// <exception cref="ArgumentException">None of the candidates suits these shots.</exception>
    public static async Task<TwinSearchResult> RunAsync(
        ShotSet shots, SlotPlan plan, IReadOnlyList<TwinCandidate> candidates, TwinSearchBudget budget, ulong seed,
        Func<ITwin, CancellationToken, Task<double>>? gradientCosine, IProgress<TwinFitProgress>? progress, CancellationToken cancellation)
    {
        (ShotSet fitted, ShotSet kept) = TwinFitting.HoldOut(shots);
        Runner[] all = [.. candidates.Select(candidate => new Runner(candidate, fitted, plan, seed))];
        List<Runner> left = [.. all.Where(runner => runner.Refused is null)];
        if (left.Count == 0)
        {
            throw new ArgumentException($"None of {candidates.Count} candidates suits these shots: {string.Join(" ", all.Select(runner => runner.Refused).Distinct())}", nameof(candidates));
        }

        int rungs = 1;
        for (int count = left.Count; count > 2; count = (count + 1) / 2) { rungs++; }
        for (int rung = 1; rung <= rungs; rung++)
        {
            int going = left.Count;
            for (int i = 0; i < going; i++)
            {
                left[i].Spend(budget, 1.0 / rungs / going, kept, cancellation);
                progress?.Report(new TwinFitProgress("search", (((rung - 1) * going) + i + 1), rungs * going, left[i].Nrmse * left[i].Nrmse));
            }

            left = [.. left.OrderBy(runner => runner.Score)];
            if (rung < rungs) { left.RemoveRange((going + 1) / 2, going / 2); }
        }

        if (gradientCosine is not null)
        {
            foreach (Runner finalist in left.Where(runner => runner.Refused is null)) { finalist.Cosine = await gradientCosine(finalist.Twin!, cancellation); }
            left = [.. left.OrderByDescending(runner => runner.Cosine ?? double.NegativeInfinity)];
        }

        Runner best = left[0].Refused is null ? left[0] : throw new InvalidOperationException($"No candidate could be fitted: {left[0].Refused}");
        return new TwinSearchResult(best.Twin!, best.Candidate, [
            .. left.Concat(all.Except(left).OrderByDescending(runner => runner.Rungs).ThenBy(runner => runner.Score)).Select(runner => runner.Row())]);
    }

    private sealed class Runner
    {
        private readonly TwinTrainer? _trainer;

        public Runner(TwinCandidate candidate, ShotSet fitted, SlotPlan plan, ulong seed)
        {
            Candidate = candidate;
            try
            {
                Twin = TwinStart.Of(fitted, plan, candidate.Settings, seed);
                _trainer = new TwinTrainer(Twin, fitted, candidate.Settings.BatchShots, seed);
            }
            catch (ArgumentException misfit)
            {
                Refused = misfit.Message;
            }
        }

        public TwinCandidate Candidate { get; }

        public ITrainableTwin? Twin { get; }

        public string? Refused { get; private set; }

        public int Rungs { get; private set; }

        public double Nrmse { get; private set; } = double.NaN;

        public double Score => double.IsNaN(Nrmse) ? double.PositiveInfinity : Nrmse;

        public double? Cosine { get; set; }

        public void Spend(TwinSearchBudget budget, double share, ShotSet kept, CancellationToken cancellation)
        {
            if (Refused is not null) { return; }
            Rungs++;
            try
            {
                budget.Spend(share, TwinSearchBudget.WorkOf(Twin!, _trainer!.BatchShots), spent =>
                {
                    cancellation.ThrowIfCancellationRequested();
                    _trainer.Step(CosineDecay.Rate(Candidate.Settings.LearningRate, (int)(1000 * spent), 1000));
                });
                Nrmse = TwinFitting.Nrmse(Twin!, kept);
            }
            catch (InvalidOperationException diverged)
            {
                (Nrmse, Refused) = (double.NaN, diverged.Message);
            }
        }

        public TwinSearchRow Row() => new(
            Candidate, Twin?.Parameters.Length ?? 0, Twin?.MultiplyAddsPerShot ?? 0, _trainer?.Steps ?? 0, Rungs, Nrmse, Cosine, Refused);
    }
}
