namespace PnnEdge.Physics.Plate;

/// <summary>What the fault <c>drift.regime</c> does: the stem's glue creeps, and the stem slides 0.05 of a side (1.6 mm) towards the edge. Ours.</summary>
/// <remarks>
/// The cone's mass then loads every mode elsewhere: of the default plate's modes the first falls by 5 % and the sixth rises by 10 %,
/// others stay, and each takes another share of the force. A twin of the old regime is wrong in shape: no factor on all frequencies
/// brings it back.
/// </remarks>
internal static class PlateRegime
{
    private const double StemSides = -0.05;

    /// <param name="part">0: as it is; 1: the other regime.</param>
    public static PlateParameters Towards(in PlateParameters p, double part) => p with
    {
        Plate = p.Plate with { Drive = p.Plate.Drive with { Across = Math.Max(p.Plate.Drive.Across + StemSides * part, 0) } },
    };
}
