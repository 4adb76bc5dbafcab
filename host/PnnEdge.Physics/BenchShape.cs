namespace PnnEdge.Physics;

/// <summary>The shape checks that every bench makes before it computes anything.</summary>
internal static class BenchShape
{
    public static void Require(
        string bench, int actuatorCount, int shots, int samplesPerShot, int driveCount, int actuatorVolts, int nodeCount)
    {
        if (shots < 0 || samplesPerShot < 1)
        {
            throw new ArgumentException(
                $"Asked bench {bench} for {shots} shots of {samplesPerShot} samples; it takes 0 or more shots of 1 or more samples.");
        }

        long values = (long)shots * samplesPerShot;
        if (driveCount != values || nodeCount != values)
        {
            throw new ArgumentException(
                $"Asked bench {bench} for {shots} shots × {samplesPerShot} samples with {driveCount} drive and {nodeCount} node values; both must be {values}.");
        }

        if (actuatorVolts != actuatorCount)
        {
            throw new ArgumentException($"Asked bench {bench} to set {actuatorVolts} actuators; it has {actuatorCount}.");
        }
    }
}
