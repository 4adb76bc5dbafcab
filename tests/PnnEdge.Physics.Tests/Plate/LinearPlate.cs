using PnnEdge.Physics.Plate;

namespace PnnEdge.Physics.Tests.Plate;

internal static class LinearPlate
{
    /// <summary>No clip, no membrane term, constant Bl and Kms: what the matrix exponential solves exactly.</summary>
    public static PlateParameters Linear(this in PlateParameters p) => p with
    {
        Amplifier = p.Amplifier with { ClipVolts = PlateParameterRanges.NoClipVolts },
        Speaker = p.Speaker with { StiffnessRise = 0, ForceFactorFall = 0 },
        Plate = p.Plate with { CubicPerSquareMetreSecond = 0 },
    };
}
