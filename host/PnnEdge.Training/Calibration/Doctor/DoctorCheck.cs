namespace PnnEdge.Training.Calibration.Doctor;

public enum DoctorVerdict
{
    /// <summary>Measured, and inside its limit.</summary>
    Sound,

    /// <summary>Measured, and outside.</summary>
    Wrong,

    /// <summary>Not measured here; the advice says what it takes.</summary>
    NotChecked,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Check">Its name, as limits are typed.</param>
/// <param name="Measured">In <paramref name="Unit"/>; NaN where nothing was measured.</param>
/// <param name="Uncertainty">Half a 95 % interval, same unit; NaN where there is none. Verdicts are by the measured value alone ("simple acceptance" of JCGM 106).</param>
/// <param name="Limit">Of its size, same unit; NaN for none.</param>
/// <param name="Advice">What to do where it is wrong or was not checked, else what it says; a sentence or empty.</param>
public sealed record DoctorCheck(string Check, double Measured, double Uncertainty, double Limit, string Unit, DoctorVerdict Verdict, string Advice);
