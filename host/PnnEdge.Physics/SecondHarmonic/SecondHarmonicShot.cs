namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>What may differ from shot to shot within a batch.</summary>
/// <param name="ShiftWindows">Added, windows.</param>
/// <param name="DispersionFs2">Added to GDD, fs².</param>
/// <param name="PhaseMismatchPerMm">Added to Δk₀, 1/mm.</param>
internal readonly record struct SecondHarmonicShot(double ShiftWindows, double DispersionFs2, double PhaseMismatchPerMm)
{
    public SecondHarmonicParameters Of(in SecondHarmonicParameters nominal) => nominal with
    {
        ShiftWindows = nominal.ShiftWindows + ShiftWindows,
        GroupDelayDispersionFs2 = nominal.GroupDelayDispersionFs2 + DispersionFs2,
        PhaseMismatchPerMm = nominal.PhaseMismatchPerMm + PhaseMismatchPerMm,
    };
}
