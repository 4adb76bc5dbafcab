namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>Where the model holds. Ours: phases that the Ω grid resolves, spots and blurs of at least the grid's own width.</summary>
public static class SecondHarmonicParameterRanges
{
    public static IReadOnlyList<ParameterRange<SecondHarmonicParameters>> All { get; } =
    [
        new("CentreWavelengthNm", "nm", 400, 2000, p => p.CentreWavelengthNm),
        new("WindowNm", "nm", 2, 100, p => p.WindowNm),
        new("SpectrumFwhmNm", "nm", 1, 500, p => p.SpectrumFwhmNm),
        new("RippleFraction", "1", 0, 0.9, p => p.RippleFraction),
        new("RipplePeriodNm", "nm", 0.5, 1000, p => p.RipplePeriodNm),
        new("GroupDelayDispersionFs2", "fs²", -30e3, 30e3, p => p.GroupDelayDispersionFs2),
        new("ThirdOrderDispersionFs3", "fs³", -1e6, 1e6, p => p.ThirdOrderDispersionFs3),
        new("PointSpreadPixels", "pixels", 0.2, MaxPointSpreadPixels, p => p.PointSpreadPixels),
        new("ShiftWindows", "windows", -MaxShiftWindows, MaxShiftWindows, p => p.ShiftWindows),
        new("CrystalMm", "mm", 0.01, 10, p => p.CrystalMm),
        new("CouplingPerMm", "1/mm", 1e-6, 100, p => p.CouplingPerMm),
        new("PhaseMismatchPerMm", "1/mm", -1000, 1000, p => p.PhaseMismatchPerMm),
        new("GroupVelocityMismatchFsPerMm", "fs/mm", -2000, 2000, p => p.GroupVelocityMismatchFsPerMm),
        new("PumpDispersionFs2PerMm", "fs²/mm", -2000, 2000, p => p.PumpDispersionFs2PerMm),
        new("HarmonicDispersionFs2PerMm", "fs²/mm", -2000, 2000, p => p.HarmonicDispersionFs2PerMm),
        new("ReadBandFraction", "1", 0.1, 1, p => p.ReadBandFraction),
        new("BlurBins", "bins", 0.2, 5, p => p.BlurBins),
        new("ReadVoltsPerEnergy", "V", 1e-9, 1e12, p => p.ReadVoltsPerEnergy),
    ];

    internal const double MaxPointSpreadPixels = 3;

    internal const double MaxShiftWindows = 0.5;

    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range or NaN.</exception>
    public static SecondHarmonicParameters Require(in SecondHarmonicParameters parameters) => All.Require(parameters);
}
