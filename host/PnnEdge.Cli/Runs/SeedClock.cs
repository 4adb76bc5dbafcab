namespace PnnEdge.Cli.Runs;

/// <summary>Where one session's time on one seed went.</summary>
internal sealed class SeedClock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    public double Seconds => time.GetElapsedTime(_start).TotalSeconds;

    /// <summary>Fitting, probing and using twins.</summary>
    public double TwinSeconds { get; set; }

    /// <summary>Losses, the digital layers' reverse, optimizer.</summary>
    public double UpdateSeconds { get; set; }

    public double Rate(int done) => done / Math.Max(Seconds, 1e-3);
}
