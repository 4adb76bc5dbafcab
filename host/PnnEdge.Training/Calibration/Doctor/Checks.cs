namespace PnnEdge.Training.Calibration.Doctor;

/// <summary>The ways in which a check ends.</summary>
internal static class Checks
{
    /// <param name="says">Where it is sound.</param>
    public static DoctorCheck Judged(string name, double value, double limit, string unit, bool isSound, string advice, string says = "") =>
        new(name, value, double.NaN, limit, unit, isSound ? DoctorVerdict.Sound : DoctorVerdict.Wrong, isSound ? says : advice);

    /// <param name="scale">From the measured value's unit to the limit's.</param>
    public static DoctorCheck Below(string name, Uncertain measured, double scale, DoctorLimits limits, string unit, string advice)
    {
        Uncertain scaled = measured.Times(scale);
        return Judged(name, scaled.Value, limits[name], unit, Math.Abs(scaled.Value) <= limits[name], advice) with { Uncertainty = scaled.Expanded95 };
    }

    public static DoctorCheck Told(string name, Uncertain measured, string unit, string says) =>
        new(name, measured.Value, measured.Expanded95, double.NaN, unit, DoctorVerdict.Sound, says);

    public static DoctorCheck NotChecked(string name, string unit, string why) => new(name, double.NaN, double.NaN, double.NaN, unit, DoctorVerdict.NotChecked, why);

    /// <param name="output">That has no business on the input.</param>
    /// <param name="ratio">Volts read per volt put out, 1.</param>
    public static DoctorCheck Leak(string output, Uncertain ratio, DoctorLimits limits)
    {
        double decibels = 20 * Math.Log10(Math.Abs(ratio.Value)), limit = limits[DoctorLimits.Crosstalk];
        string advice = $"{char.ToUpperInvariant(output[0])}{output[1..]} is read on the input; keep its lines and its return away from the input's.";
        return Judged("leak", decibels, limit, "dB", decibels <= limit, advice, $"Of {output}.");
    }
}
