namespace PnnEdge.Physics.Plate;

/// <summary>What one shot costs at the speaker's terminals, in double precision along <see cref="PlateReference"/>.</summary>
public static class PlateEnergy
{
    private const int PartsPerStep = 4;

    /// <summary>∫ e·i dt of the amplifier's output over a shot that starts at rest.</summary>
    /// <remarks>
    /// Net: what coil and plate give back counts as negative, and what is still stored in them at the end is included. The amplifier's
    /// own losses, the converters and the computer are not. Trapezoids over parts of the fast scheme's steps.
    /// </remarks>
    /// <param name="driveVolts">[sample], V at the amplifier's input, held during each sample.</param>
    /// <returns>J.</returns>
    public static double DriveJoule(PlateRig rig, ReadOnlySpan<float> driveVolts)
    {
        double step = rig.Parameters.SamplePeriodSeconds / (rig.StepsPerSample * PartsPerStep);
        var state = new PlateState();
        double joule = 0, watt = 0;
        foreach (float drive in driveVolts)
        {
            double clipped = rig.Parameters.Amplifier.Clipped(drive);
            for (int n = 0; n < rig.StepsPerSample * PartsPerStep; n++)
            {
                state = PlateReference.Advance(rig, clipped, state, step);
                double now = state.SpeakerVolts * state.CoilAmpere;
                joule += step / 2 * (watt + now);
                watt = now;
            }
        }

        return joule;
    }
}
