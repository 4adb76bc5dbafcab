using System.Numerics;
using System.Runtime.CompilerServices;
using static PnnEdge.Physics.Numeric.LaneMath;

namespace PnnEdge.Physics.Plate;

/// <summary>One mode of one hardware vector of shots: its state, its step (<see cref="ModeStep"/>) and its shapes.</summary>
internal struct LaneMode
{
    public Vector<float> Metre;
    public Vector<float> MetrePerSecond;

    // q after a step.
    public Vector<float> MetreFromMetre;
    public Vector<float> MetreFromSpeed;
    public Vector<float> MetreFromDrive;
    public Vector<float> MetreFromVolts;
    public Vector<float> MetreFromAmpere;

    // q′ after it.
    public Vector<float> SpeedFromMetre;
    public Vector<float> SpeedFromSpeed;
    public Vector<float> SpeedFromDrive;
    public Vector<float> SpeedFromVolts;
    public Vector<float> SpeedFromAmpere;

    // The mode's share in z.
    public Vector<float> HeardFromMetre;
    public Vector<float> HeardFromSpeed;

    public Vector<float> DriveShape;
    public Vector<float> DriveShapePerKilogram;
    public Vector<float> MicrophoneShape;

    /// <summary>g_k·√(α·step): its square with the displacements squared is what the membrane term takes off the velocity in a step.</summary>
    public Vector<float> StretchShape;

    public void SetStep(int lane, in ModeStep step)
    {
        Set(ref MetreFromMetre, lane, step.Displacement.FromDisplacement);
        Set(ref MetreFromSpeed, lane, step.Displacement.FromVelocity);
        Set(ref MetreFromDrive, lane, step.Displacement.FromDrive);
        Set(ref MetreFromVolts, lane, step.Displacement.FromVolts);
        Set(ref MetreFromAmpere, lane, step.Displacement.FromAmpere);
        Set(ref SpeedFromMetre, lane, step.Velocity.FromDisplacement);
        Set(ref SpeedFromSpeed, lane, step.Velocity.FromVelocity);
        Set(ref SpeedFromDrive, lane, step.Velocity.FromDrive);
        Set(ref SpeedFromVolts, lane, step.Velocity.FromVolts);
        Set(ref SpeedFromAmpere, lane, step.Velocity.FromAmpere);
        Set(ref HeardFromMetre, lane, step.Heard.FromDisplacement);
        Set(ref HeardFromSpeed, lane, step.Heard.FromVelocity);
    }

    public void SetShapes(int lane, PlateRig rig, int mode)
    {
        Set(ref DriveShape, lane, rig.Modes.DriveShape[mode]);
        Set(ref DriveShapePerKilogram, lane, rig.Modes.DriveShape[mode] / rig.Parameters.Plate.Kilogram);
        Set(ref MicrophoneShape, lane, rig.Modes.MicrophoneShape[mode]);
        Set(ref StretchShape, lane, rig.StretchShape(mode) * Math.Sqrt(rig.Parameters.Plate.CubicPerSquareMetreSecond * rig.StepSeconds));
    }

    /// <summary>The kicks' change of velocity, then the step; what of z the mode adds goes to <paramref name="heard"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Advance(ref LaneMode m, in LanePush push, ref Vector<float> heard)
    {
        Vector<float> q = m.Metre;
        Vector<float> v = Fma(m.DriveShapePerKilogram, push.NewtonSecond, m.MetrePerSecond);
        v = Fma(-(m.StretchShape * q), push.Stretch, v);
        heard = Fma(m.HeardFromSpeed, v, Fma(m.HeardFromMetre, q, heard));
        Vector<float> pulled = Fma(m.MetreFromAmpere, push.Ampere, Fma(m.MetreFromVolts, push.Volts, m.MetreFromDrive * push.Drive));
        Vector<float> sped = Fma(m.SpeedFromAmpere, push.Ampere, Fma(m.SpeedFromVolts, push.Volts, m.SpeedFromDrive * push.Drive));
        m.Metre = Fma(m.MetreFromSpeed, v, Fma(m.MetreFromMetre, q, pulled));
        m.MetrePerSecond = Fma(m.SpeedFromSpeed, v, Fma(m.SpeedFromMetre, q, sped));
    }

    private static void Set(ref Vector<float> lanes, int lane, double value) => lanes = lanes.WithElement(lane, (float)value);
}
