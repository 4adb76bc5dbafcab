namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>The parameters that a grey-box twin may fit, and how far it may move them; ours.</summary>
/// <remarks>
/// TOD and the coupling are not among them: the first changes a reading by less than the noise, the second does what the
/// efficiency does.
/// </remarks>
internal static class SecondHarmonicConstants
{
    public static IReadOnlyList<PhysicalConstant> Of(in SecondHarmonicParameters p) =>
    [
        Fitted("efficiency", p.ReadVoltsPerEnergy, 0.2 * p.ReadVoltsPerEnergy, 5 * p.ReadVoltsPerEnergy, "V"),
        Fitted("shift", p.ShiftWindows, -0.1, 0.1, "windows"),
        Fitted("spectrum FWHM", p.SpectrumFwhmNm, 8, 60, "nm"),
        Fitted("GDD", p.GroupDelayDispersionFs2, -5000, 5000, "fs²"),
        Fitted("Δk₀", p.PhaseMismatchPerMm, -8, 8, "1/mm"),
        Fitted("δ", p.GroupVelocityMismatchFsPerMm, 50, 400, "fs/mm"),
        Fitted("point spread", p.PointSpreadPixels, 0.25, 2, "pixels"),
        Fitted("blur", p.BlurBins, 0.25, 2, "bins"),
    ];

    /// <param name="constants">[constant], in the order and units of <see cref="Of"/>.</param>
    public static SecondHarmonicParameters At(in SecondHarmonicParameters p, ReadOnlySpan<double> constants) => p with
    {
        ReadVoltsPerEnergy = constants[0],
        ShiftWindows = constants[1],
        SpectrumFwhmNm = constants[2],
        GroupDelayDispersionFs2 = constants[3],
        PhaseMismatchPerMm = constants[4],
        GroupVelocityMismatchFsPerMm = constants[5],
        PointSpreadPixels = constants[6],
        BlurBins = constants[7],
    };

    // A model may stand outside the range that a fit begins with; it must still be able to stay where it is.
    private static PhysicalConstant Fitted(string name, double value, double min, double max, string unit) =>
        new(name, value, Math.Min(min, value), Math.Max(max, value), unit);
}
