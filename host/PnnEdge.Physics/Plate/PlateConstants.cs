namespace PnnEdge.Physics.Plate;

/// <summary>The constants of the plate that a grey-box twin may fit, and the plate at other values of them. None of them moves a mode's shape.</summary>
internal static class PlateConstants
{
    // Ours: a data sheet's Re is within percents, its Kms and Bl within tens of percent, damping and stretching are guesses.
    private const double MostOverLabel = 2;
    private const double MostOverFrequency = 1.1;
    private const double MostOverGuess = 4;

    /// <summary>Re, Kms, Bl, factors on all frequencies and on all dampings, α and the microphone's sensitivity.</summary>
    public static IReadOnlyList<PhysicalConstant> Of(in PlateParameters p) =>
    [
        Around("Re", "Speaker.CoilOhm", MostOverLabel, p),
        Around("Kms", "Speaker.StiffnessNewtonPerMetre", MostOverLabel, p),
        Around("Bl", "Speaker.ForceFactorTeslaMetre", MostOverLabel, p),
        Around("frequencies", "FrequencyFactor", MostOverFrequency, p),
        Around("dampings", "DampingFactor", MostOverGuess, p),
        Around("α", "Plate.CubicPerSquareMetreSecond", MostOverGuess, p) with { Min = 0 },
        Around("microphone", "Microphone.VoltsPerMetrePerSquareSecond", MostOverLabel, p),
    ];

    /// <param name="constants">[constant], in the order and units of <see cref="Of"/>.</param>
    public static PlateParameters At(in PlateParameters p, ReadOnlySpan<double> constants) => p with
    {
        Speaker = p.Speaker with
        {
            CoilOhm = constants[0],
            StiffnessNewtonPerMetre = constants[1],
            ForceFactorTeslaMetre = constants[2],
        },
        FrequencyFactor = constants[3],
        DampingFactor = constants[4],
        Plate = p.Plate with { CubicPerSquareMetreSecond = constants[5] },
        Microphone = p.Microphone with { VoltsPerMetrePerSquareSecond = constants[6] },
    };

    private static PhysicalConstant Around(string symbol, string parameter, double mostOver, in PlateParameters p) =>
        PlateParameterRanges.All.ConstantAround(symbol, parameter, mostOver, p);
}
