using PnnEdge.Physics.Plate;

namespace PnnEdge.Physics.Tests.Plate;

/// <summary>The plate's parameters under the names that <c>plate_oracle.py</c> knows them by.</summary>
internal static class PlateQuestion
{
    public static Dictionary<string, object> Of(in PlateParameters p) => new()
    {
        ["fs"] = p.SampleRateHz,
        ["gain"] = p.Amplifier.Gain,
        ["clip"] = p.Amplifier.ClipVolts,
        ["fh"] = p.Amplifier.LowCornerHz,
        ["fa"] = p.Amplifier.HighCornerHz,
        ["Mms"] = p.Speaker.ConeKilogram,
        ["Rms"] = p.Speaker.DragNewtonSecondPerMetre,
        ["Kms"] = p.Speaker.StiffnessNewtonPerMetre,
        ["rise"] = p.Speaker.StiffnessRise,
        ["Bl"] = p.Speaker.ForceFactorTeslaMetre,
        ["fall"] = p.Speaker.ForceFactorFall,
        ["Xmax"] = p.Speaker.TravelMetre,
        ["Re"] = p.Speaker.CoilOhm,
        ["Le"] = p.Speaker.CoilHenry,
        ["a"] = p.Plate.SideMetre,
        ["h"] = p.Plate.ThicknessMetre,
        ["E"] = p.Plate.YoungPascal,
        ["nu"] = p.Plate.PoissonRatio,
        ["rho"] = p.Plate.KilogramPerCubicMetre,
        ["stem"] = new[] { p.Plate.Drive.Across, p.Plate.Drive.Along },
        ["zetas"] = new[] { p.Plate.LowestModeDamping, p.Plate.HighestModeDamping },
        ["alpha"] = p.Plate.CubicPerSquareMetreSecond,
        ["mic"] = new[] { p.Microphone.Place.Across, p.Microphone.Place.Along },
        ["sens"] = p.Microphone.VoltsPerMetrePerSquareSecond,
        ["fm"] = p.Microphone.LowCornerHz,
        ["fl"] = p.Microphone.HighCornerHz,
    };
}
