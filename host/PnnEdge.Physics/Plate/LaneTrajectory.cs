using System.Numerics;

namespace PnnEdge.Physics.Plate;

/// <summary>Where one hardware vector of shots was before every kick: the values that the derivative needs. An instance is one worker's scratch memory.</summary>
/// <remarks>
/// Kept whole rather than computed again from check points: 16 floats a step and shot, 50 kB for a shot of 196 samples at
/// four steps each, written and read in order.
/// </remarks>
internal sealed class LaneTrajectory
{
    private const int VectorsPerKick = PlateModes.Count + 5;

    private Vector<float>[] _kept = [];

    public void Reserve(int kicks)
    {
        if (_kept.Length < kicks * VectorsPerKick)
        {
            _kept = new Vector<float>[kicks * VectorsPerKick];
        }
    }

    public void Keep(int kick, LanePlate plate)
    {
        Span<Vector<float>> row = _kept.AsSpan(kick * VectorsPerKick, VectorsPerKick);
        ReadOnlySpan<LaneMode> modes = plate.Modes;
        for (int k = 0; k < modes.Length; k++)
        {
            row[k] = modes[k].Metre;
        }

        row[PlateModes.Count] = plate.Sums.Cone;
        row[PlateModes.Count + 1] = plate.Sums.ConeSpeed;
        row[PlateModes.Count + 2] = plate.Sums.Stretch;
        row[PlateModes.Count + 3] = plate.Sums.ConeStretch;
        row[PlateModes.Count + 4] = plate.CoilAmpere;
    }

    /// <returns>[mode], q, m.</returns>
    public ReadOnlySpan<Vector<float>> Metre(int kick) => _kept.AsSpan(kick * VectorsPerKick, PlateModes.Count);

    public LaneSums Sums(int kick, out Vector<float> coilAmpere)
    {
        ReadOnlySpan<Vector<float>> row = _kept.AsSpan(kick * VectorsPerKick + PlateModes.Count, 5);
        coilAmpere = row[4];
        return new LaneSums { Cone = row[0], ConeSpeed = row[1], Stretch = row[2], ConeStretch = row[3] };
    }
}
