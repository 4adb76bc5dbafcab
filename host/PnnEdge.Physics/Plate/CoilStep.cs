namespace PnnEdge.Physics.Plate;

/// <summary>
/// What the amplifier's band and the coil at rest do in some time, exactly: h, e and i after it are linear in the clipped
/// input w, which is held, and in h, e and i before it.
/// </summary>
/// <remarks>
/// w − h is taken at its mean over the time: it falls by 3 in 10,000 at 20 Hz in one step of the scheme, and what that
/// leaves out is smaller by as much again.
/// </remarks>
/// <param name="Released">h + this·(w − h) is h after it, 1.</param>
/// <param name="MeanDrive">This·(w − h) is the mean drive u of the stages behind, 1.</param>
/// <param name="VoltsKept">e after it is this·e + (1 − this)·u, 1.</param>
/// <param name="AmpereFromDrive">i after it is this·u…, 1/Ω.</param>
/// <param name="AmpereFromVolts">… + this·e…, 1/Ω.</param>
/// <param name="AmpereKept">… + this·i, 1.</param>
internal readonly record struct CoilStep(
    double Released, double MeanDrive, double VoltsKept, double AmpereFromDrive, double AmpereFromVolts, double AmpereKept)
{
    public static CoilStep Of(in PlateParameters p, double seconds)
    {
        double lowPhase = 2 * Math.PI * p.Amplifier.LowCornerHz * seconds;
        double highPhase = 2 * Math.PI * p.Amplifier.HighCornerHz * seconds;
        double coilPhase = p.Speaker.CoilOhm / p.Speaker.CoilHenry * seconds;

        // ∫ e^−r(τ−t)·e^−at dt = τ·e^−rτ·mean of e^−(a−r)τs: finite where both rates meet.
        double kept = Math.Exp(-coilPhase);
        double perHenry = seconds / p.Speaker.CoilHenry;
        double fromVolts = perHenry * kept * Decay.Mean(highPhase - coilPhase);
        return new CoilStep(
            lowPhase * Decay.Mean(lowPhase),
            Decay.Mean(lowPhase),
            Math.Exp(-highPhase),
            perHenry * Decay.Mean(coilPhase) - fromVolts,
            fromVolts,
            kept);
    }
}
