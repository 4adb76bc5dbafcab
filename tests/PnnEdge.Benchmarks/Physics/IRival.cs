namespace PnnEdge.Benchmarks.Physics;

/// <summary>Another program that computes a system's equations without noise.</summary>
internal interface IRival
{
    /// <summary>As it stands in a figure's name.</summary>
    string Name { get; }

    /// <param name="driveVolts">[shot, sample], V.</param>
    /// <returns>Null where the rival is not installed.</returns>
    RivalRun? Run(int shots, int samplesPerShot, float[] driveVolts);
}

/// <param name="Seconds">What the rival took for all shots.</param>
/// <param name="NodeVolts">[shot, sample], V.</param>
internal sealed record RivalRun(double Seconds, float[] NodeVolts);
