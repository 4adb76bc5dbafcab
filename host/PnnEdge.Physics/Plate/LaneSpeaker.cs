using System.Numerics;
using System.Runtime.CompilerServices;
using static PnnEdge.Physics.Numeric.LaneMath;

namespace PnnEdge.Physics.Plate;

/// <summary>One hardware vector of amplifiers, speakers and microphones: the constants that modes do not have.</summary>
internal struct LaneSpeaker
{
    public Vector<float> Gain;
    public Vector<float> PerClipVolts;

    // The coil's step.
    public Vector<float> Released;
    public Vector<float> MeanDrive;
    public Vector<float> VoltsKept;
    public Vector<float> VoltsTaken;
    public Vector<float> AmpereFromDrive;
    public Vector<float> AmpereFromVolts;
    public Vector<float> AmpereKept;

    // The kicks.
    public Vector<float> PerTravelMetre;
    public Vector<float> ForceFactor;
    public Vector<float> ForceFactorFall; // of Bl(0)·fall, T·m
    public Vector<float> Stiffness;
    public Vector<float> StiffnessRise; // of Kms(0)·rise, N/m
    public Vector<float> MinusDrag;
    public Vector<float> HalfKickSeconds;
    public Vector<float> MinusStepPerHenry;
    public Vector<float> SpeedPerNewtonSecond; // Σ D²/m

    // The microphone's step and reading.
    public Vector<float> HeardTaken;
    public Vector<float> HeardFromDrive;
    public Vector<float> HeardFromVolts;
    public Vector<float> HeardFromAmpere;
    public Vector<float> RumbleTaken;
    public Vector<float> SpeedHeardPerNewtonSecond; // Σ C·D/m
    public Vector<float> VoltsPerSpeed; // sensitivity·ω_l
    public Vector<float> VoltsPerRumble; // sensitivity·ω_m

    public void Set(int lane, PlateRig rig)
    {
        PlateParameters p = rig.Parameters;
        Speaker speaker = p.Speaker;
        CoilStep coil = rig.Coil;
        Set(ref Gain, lane, p.Amplifier.Gain);
        Set(ref PerClipVolts, lane, 1 / p.Amplifier.ClipVolts);
        Set(ref Released, lane, coil.Released);
        Set(ref MeanDrive, lane, coil.MeanDrive);
        Set(ref VoltsKept, lane, coil.VoltsKept);
        Set(ref VoltsTaken, lane, 1 - coil.VoltsKept);
        Set(ref AmpereFromDrive, lane, coil.AmpereFromDrive);
        Set(ref AmpereFromVolts, lane, coil.AmpereFromVolts);
        Set(ref AmpereKept, lane, coil.AmpereKept);

        double perKilogram = 0;
        double heardPerKilogram = 0;
        for (int k = 0; k < PlateModes.Count; k++)
        {
            perKilogram += rig.Modes.DriveShape[k] * rig.Modes.DriveShape[k] / p.Plate.Kilogram;
            heardPerKilogram += rig.Modes.MicrophoneShape[k] * rig.Modes.DriveShape[k] / p.Plate.Kilogram;
        }

        double half = rig.StepSeconds / 2;
        Set(ref PerTravelMetre, lane, 1 / speaker.TravelMetre);
        Set(ref ForceFactor, lane, speaker.ForceFactorTeslaMetre);
        Set(ref ForceFactorFall, lane, speaker.ForceFactorTeslaMetre * speaker.ForceFactorFall);
        Set(ref Stiffness, lane, speaker.StiffnessNewtonPerMetre);
        Set(ref StiffnessRise, lane, speaker.StiffnessNewtonPerMetre * speaker.StiffnessRise);
        Set(ref MinusDrag, lane, -speaker.DragNewtonSecondPerMetre);

        // The drag slows what it is made of: the impulse of a held force over half a step is that force times this.
        Set(ref HalfKickSeconds, lane, half * Decay.Mean(perKilogram * speaker.DragNewtonSecondPerMetre * half));
        Set(ref MinusStepPerHenry, lane, -rig.StepSeconds / speaker.CoilHenry);
        Set(ref SpeedPerNewtonSecond, lane, perKilogram);

        double lowPhase = 2 * Math.PI * p.Microphone.LowCornerHz * rig.StepSeconds;
        double high = 2 * Math.PI * p.Microphone.HighCornerHz;
        Set(ref HeardTaken, lane, high * rig.StepSeconds * Decay.Mean(high * rig.StepSeconds));
        Set(ref RumbleTaken, lane, lowPhase * Decay.Mean(lowPhase));
        Set(ref SpeedHeardPerNewtonSecond, lane, heardPerKilogram);
        Set(ref VoltsPerSpeed, lane, p.Microphone.VoltsPerMetrePerSquareSecond * high);
        Set(ref VoltsPerRumble, lane, p.Microphone.VoltsPerMetrePerSquareSecond * lowPhase / rig.StepSeconds);
    }

    /// <summary>What the coil's pull adds to z in a step, summed over the modes.</summary>
    public void SetHeard(int lane, in ModeRow sum)
    {
        Set(ref HeardFromDrive, lane, sum.FromDrive);
        Set(ref HeardFromVolts, lane, sum.FromVolts);
        Set(ref HeardFromAmpere, lane, sum.FromAmpere);
    }

    /// <returns>w, V.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Clipped(in LaneSpeaker s, Vector<float> inputVolts)
    {
        Vector<float> part = inputVolts * s.PerClipVolts;
        return s.Gain * inputVolts / Vector.SquareRoot(Fma(part, part, 1f));
    }

    /// <returns>dw/du: gain/√(1 + (u/clip)²)³.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> ClippedSlope(in LaneSpeaker s, Vector<float> inputVolts)
    {
        Vector<float> part = inputVolts * s.PerClipVolts;
        Vector<float> squared = Fma(part, part, 1f);
        return s.Gain / (squared * Vector.SquareRoot(squared));
    }

    private static void Set(ref Vector<float> lanes, int lane, double value) => lanes = lanes.WithElement(lane, (float)value);
}
