using System.Numerics;
using System.Runtime.CompilerServices;
using static PnnEdge.Physics.Numeric.LaneMath;

namespace PnnEdge.Physics.Plate;

/// <summary>The loss's derivatives by one hardware vector of shots' states, carried backwards through <see cref="LanePlate"/>'s kicks and steps.</summary>
/// <remarks>Exact for the discrete scheme: the transposed Jacobian of every kick and step, at the values that the forward run had there.</remarks>
internal sealed class LanePlateAdjoint
{
    private readonly Vector<float>[] _metre = new Vector<float>[PlateModes.Count];
    private readonly Vector<float>[] _speed = new Vector<float>[PlateModes.Count];
    private Vector<float> _blocked;
    private Vector<float> _volts;
    private Vector<float> _ampere;
    private Vector<float> _heard;
    private Vector<float> _rumble;

    public void Clear()
    {
        _metre.AsSpan().Clear();
        _speed.AsSpan().Clear();
        _blocked = _volts = _ampere = _heard = _rumble = Vector<float>.Zero;
    }

    /// <summary>Back through the kick, and through the step that led to it.</summary>
    /// <param name="plate">Its constants; its state is not used.</param>
    /// <param name="metre">[mode], q at the kick.</param>
    /// <param name="sums">At the kick.</param>
    /// <param name="coilAmpere">i before the kick.</param>
    /// <param name="dnode">∂loss/∂(V read there), 1/V; 0 where no sample ends.</param>
    /// <returns>∂loss/∂w in that step, 1/V.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Vector<float> Back(LanePlate plate, ReadOnlySpan<Vector<float>> metre, in LaneSums sums, Vector<float> coilAmpere, Vector<float> dnode)
    {
        ref LaneSpeaker s = ref plate.Speaker;
        Vector<float> heardSpeed = s.VoltsPerSpeed * dnode;
        _heard = Fma(-(s.VoltsPerSpeed + s.VoltsPerRumble), dnode, _heard);
        _rumble = Fma(s.VoltsPerRumble, dnode, _rumble);
        LaneKickAdjoint kick = BackThroughKick(plate, metre, sums, coilAmpere, heardSpeed);

        // Rumble takes in the mean of z before and after.
        Vector<float> rumbled = s.RumbleTaken * _rumble;
        Vector<float> heard = Fma(rumbled, new Vector<float>(0.5f), _heard);
        Vector<float> drive = Fma(s.AmpereFromDrive, kick.Ampere, Fma(s.VoltsTaken, _volts, s.HeardFromDrive * heard));
        Vector<float> volts = Fma(s.AmpereFromVolts, kick.Ampere, Fma(s.VoltsKept, _volts, s.HeardFromVolts * heard));
        Vector<float> ampere = Fma(s.AmpereKept, kick.Ampere, s.HeardFromAmpere * heard);
        Vector<float> twiceStretch = kick.Stretch + kick.Stretch;
        ReadOnlySpan<LaneMode> modes = plate.Modes;
        Span<Vector<float>> dmetre = _metre;
        Span<Vector<float>> dspeed = _speed;
        for (int k = 0; k < modes.Length; k++)
        {
            ref readonly LaneMode m = ref modes[k];

            // The kick: g·q stands in the velocity, in Σ g·q², in Σ D·g·q and, where a sample is read, in Σ C·g·q.
            Vector<float> dstretched = Fma(-sums.Stretch, dspeed[k], Fma(m.DriveShape, kick.ConeStretch, m.MicrophoneShape * kick.HeardStretch));
            dstretched = Fma(twiceStretch, metre[k], dstretched);
            Vector<float> q = Fma(m.StretchShape, dstretched, Fma(m.DriveShape, kick.Cone, dmetre[k]));
            Vector<float> v = Fma(m.DriveShape, kick.ConeSpeed, Fma(m.MicrophoneShape, heardSpeed, dspeed[k]));

            // The step.
            dmetre[k] = Fma(m.MetreFromMetre, q, Fma(m.SpeedFromMetre, v, m.HeardFromMetre * heard));
            dspeed[k] = Fma(m.MetreFromSpeed, q, Fma(m.SpeedFromSpeed, v, m.HeardFromSpeed * heard));
            drive = Fma(m.MetreFromDrive, q, Fma(m.SpeedFromDrive, v, drive));
            volts = Fma(m.MetreFromVolts, q, Fma(m.SpeedFromVolts, v, volts));
            ampere = Fma(m.MetreFromAmpere, q, Fma(m.SpeedFromAmpere, v, ampere));
        }

        Vector<float> left = Fma(s.MeanDrive, drive, s.Released * _blocked);
        _blocked -= left;
        _volts = volts;
        _ampere = ampere;
        _heard = Fma(-s.HeardTaken, heard, Fma(rumbled, new Vector<float>(0.5f), heard));
        _rumble -= rumbled;
        return left;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private LaneKickAdjoint BackThroughKick(
        LanePlate plate, ReadOnlySpan<Vector<float>> metre, in LaneSums sums, Vector<float> coilAmpere, Vector<float> heardSpeed)
    {
        Vector<float> pushed = Vector<float>.Zero;
        Vector<float> stretched = Vector<float>.Zero;
        Vector<float> heardStretch = Vector<float>.Zero;
        ReadOnlySpan<LaneMode> modes = plate.Modes;
        for (int k = 0; k < modes.Length; k++)
        {
            ref readonly LaneMode m = ref modes[k];
            Vector<float> stretch = m.StretchShape * metre[k];
            pushed = Fma(m.DriveShapePerKilogram, _speed[k], pushed);
            stretched = Fma(-stretch, _speed[k], stretched);
            heardStretch = Fma(m.MicrophoneShape, stretch, heardStretch);
        }

        return LaneKickAdjoint.Of(plate.Speaker, sums, coilAmpere, _ampere, pushed, stretched, heardSpeed, heardStretch);
    }
}
