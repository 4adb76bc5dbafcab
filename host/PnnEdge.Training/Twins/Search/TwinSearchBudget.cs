namespace PnnEdge.Training.Twins.Search;

/// <summary>What a search may spend on fitting: time of a clock, or work that is the same on every machine.</summary>
public sealed class TwinSearchBudget
{
    // Forward, the gradient below and the gradient of the parameters.
    private const double PassesPerStep = 3;

    private readonly double _whole;
    private readonly TimeProvider? _time;

    private TwinSearchBudget(double whole, TimeProvider? time)
    {
        _whole = whole > 0 && double.IsFinite(whole) ? whole : throw new ArgumentOutOfRangeException(nameof(whole), $"Asked for a budget of {whole}; it is a finite number above 0.");
        _time = time;
    }

    /// <summary>Ends on time; what it finds depends on the machine.</summary>
    public static TwinSearchBudget OfSeconds(double seconds, TimeProvider time) => new(seconds, time);

    /// <summary>Ends after this many multiply-adds; the same shots and seed give the same twin.</summary>
    public static TwinSearchBudget OfMultiplyAdds(double multiplyAdds) => new(multiplyAdds, time: null);

    /// <summary>What one step of this fit costs, in multiply-adds.</summary>
    public static double WorkOf(ITrainableTwin twin, int batchShots) => PassesPerStep * batchShots * twin.MultiplyAddsPerShot;

    /// <summary>Trains until this share of the whole budget is spent, at least one step, along one cosine of the rate.</summary>
    /// <param name="step">Takes a step, given how far the share is spent, 0 to 1.</param>
    public void Spend(double share, double workPerStep, Action<double> step)
    {
        long start = _time?.GetTimestamp() ?? 0;
        double spent = 0, slice = share * _whole;
        while (spent < slice)
        {
            step(spent / slice);
            spent = _time is null ? spent + workPerStep : _time.GetElapsedTime(start).TotalSeconds;
        }
    }
}
