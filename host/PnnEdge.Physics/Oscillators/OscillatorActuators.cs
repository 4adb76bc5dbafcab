namespace PnnEdge.Physics.Oscillators;

/// <summary>Where N oscillators' actuators stand: J_ij for i &lt; j in row order (01, 02, …, 12, 13, …), then e_i. Common to all shots of a call.</summary>
public static class OscillatorActuators
{
    public const string CouplingBank = "coupling";

    public const string DriveBank = "drive";

    public static int CouplingCount(int oscillators) => oscillators * (oscillators - 1) / 2;

    public static int Count(int oscillators) => CouplingCount(oscillators) + oscillators;

    /// <summary>Index of the coupling between two different oscillators, in either order.</summary>
    public static int CouplingIndex(int oscillators, int i, int j)
    {
        int low = Math.Min(i, j);
        return low * (2 * oscillators - low - 1) / 2 + Math.Max(i, j) - low - 1;
    }
}
