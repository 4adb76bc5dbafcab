namespace PnnEdge.Link.Transport;

/// <summary>Exponential backoff with jitter, so that a restarted broker is not met by every client at once.</summary>
public static class ReconnectDelay
{
    public const double FirstMillis = 100;
    public const double LongestMillis = 2000;

    /// <summary>Between half and all of min(longest, first · 2^attempt).</summary>
    /// <param name="attempt">Failed attempts since the last connection, from 0.</param>
    /// <param name="random">Seeded by the caller.</param>
    public static TimeSpan After(int attempt, Random random)
    {
        double full = Math.Min(LongestMillis, FirstMillis * Math.Pow(2, Math.Min(attempt, 16)));
        return TimeSpan.FromMilliseconds(full * (0.5 + (0.5 * random.NextDouble())));
    }
}
