namespace PnnEdge.Physics.Plate;

/// <summary>
/// The equations of <see cref="PlateParameters"/> as they are written, in double precision, by RK4, one shot at a time: the
/// clean version beside <see cref="PlateForward"/>.
/// </summary>
public static class PlateReference
{
    /// <summary>Plays one shot.</summary>
    /// <param name="driveVolts">[sample], V at the amplifier's input, held during each sample.</param>
    /// <param name="nodeVolts">[sample], V of the microphone at the end of each sample; overwritten.</param>
    /// <param name="start">Before the first sample; rest where none is given.</param>
    /// <param name="finer">RK4 steps for each step of the fast scheme.</param>
    /// <returns>After the last sample.</returns>
    public static PlateState Run(PlateRig rig, ReadOnlySpan<double> driveVolts, Span<double> nodeVolts, PlateState? start = null, int finer = 8)
    {
        int stepsPerSample = rig.StepsPerSample * finer;
        double step = rig.Parameters.SamplePeriodSeconds / stepsPerSample;
        PlateState state = start ?? new PlateState();
        for (int sample = 0; sample < driveVolts.Length; sample++)
        {
            double clipped = rig.Parameters.Amplifier.Clipped(driveVolts[sample]);
            for (int n = 0; n < stepsPerSample; n++)
            {
                state = Advance(rig, clipped, state, step);
            }

            PlateState slope = SlopeOf(rig, clipped, state);
            nodeVolts[sample] = rig.Parameters.Microphone.VoltsPerMetrePerSquareSecond * (slope.HeardMetrePerSecond - slope.RumbleMetrePerSecond);
        }

        return state;
    }

    /// <summary>One RK4 step of h seconds.</summary>
    internal static PlateState Advance(PlateRig rig, double clippedVolts, PlateState s, double h)
    {
        PlateState k1 = SlopeOf(rig, clippedVolts, s);
        PlateState k2 = SlopeOf(rig, clippedVolts, s.Plus(h / 2, k1));
        PlateState k3 = SlopeOf(rig, clippedVolts, s.Plus(h / 2, k2));
        PlateState k4 = SlopeOf(rig, clippedVolts, s.Plus(h, k3));
        return s.Plus(h / 6, k1).Plus(h / 3, k2).Plus(h / 3, k3).Plus(h / 6, k4);
    }

    /// <returns>The state's fields' derivatives, per second.</returns>
    internal static PlateState SlopeOf(PlateRig rig, double clippedVolts, PlateState s)
    {
        PlateParameters p = rig.Parameters;
        double cone = 0;
        double coneSpeed = 0;
        double heardSpeed = 0;
        double stretch = 0;
        for (int k = 0; k < PlateModes.Count; k++)
        {
            cone += rig.Modes.DriveShape[k] * s.Metre[k];
            coneSpeed += rig.Modes.DriveShape[k] * s.MetrePerSecond[k];
            heardSpeed += rig.Modes.MicrophoneShape[k] * s.MetrePerSecond[k];
            stretch += rig.StretchShape(k) * s.Metre[k] * s.Metre[k];
        }

        Speaker speaker = p.Speaker;
        double travelled = cone / speaker.TravelMetre * (cone / speaker.TravelMetre);
        double forceFactor = speaker.ForceFactorTeslaMetre * (1 - speaker.ForceFactorFall * travelled);
        double stiffness = speaker.StiffnessNewtonPerMetre * (1 + speaker.StiffnessRise * travelled);
        double newton = forceFactor * s.CoilAmpere - speaker.DragNewtonSecondPerMetre * coneSpeed - stiffness * cone;
        var slope = new PlateState
        {
            BlockedVolts = 2 * Math.PI * p.Amplifier.LowCornerHz * (clippedVolts - s.BlockedVolts),
            SpeakerVolts = 2 * Math.PI * p.Amplifier.HighCornerHz * (clippedVolts - s.BlockedVolts - s.SpeakerVolts),
            CoilAmpere = (s.SpeakerVolts - speaker.CoilOhm * s.CoilAmpere - forceFactor * coneSpeed) / speaker.CoilHenry,
            HeardMetrePerSecond = 2 * Math.PI * p.Microphone.HighCornerHz * (heardSpeed - s.HeardMetrePerSecond),
            RumbleMetrePerSecond = 2 * Math.PI * p.Microphone.LowCornerHz * (s.HeardMetrePerSecond - s.RumbleMetrePerSecond),
        };
        for (int k = 0; k < PlateModes.Count; k++)
        {
            double omega = rig.RadPerSecond[k];
            slope.Metre[k] = s.MetrePerSecond[k];
            slope.MetrePerSecond[k] = rig.Modes.DriveShape[k] * newton / p.Plate.Kilogram
                - 2 * rig.Damping[k] * omega * s.MetrePerSecond[k] - omega * omega * s.Metre[k]
                - p.Plate.CubicPerSquareMetreSecond * rig.StretchShape(k) * s.Metre[k] * stretch;
        }

        return slope;
    }
}
