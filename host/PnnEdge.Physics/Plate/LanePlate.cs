using System.Numerics;
using System.Runtime.CompilerServices;
using static PnnEdge.Physics.Numeric.LaneMath;

namespace PnnEdge.Physics.Plate;

/// <summary>One hardware vector of shots: their plates, speakers and microphones, and their state between two steps, before its kick.</summary>
internal sealed class LanePlate
{
    public LaneSpeaker Speaker;
    public Vector<float> BlockedVolts;
    public Vector<float> SpeakerVolts;
    public Vector<float> CoilAmpere;
    public Vector<float> Heard;
    public Vector<float> Rumble;
    public LaneSums Sums;

    private readonly LaneMode[] _modes = new LaneMode[PlateModes.Count];
    private readonly PlateRig?[] _rigs = new PlateRig?[Vector<float>.Count];
    private readonly (double Frequency, double Damping)[] _factors = new (double, double)[Vector<float>.Count];

    public ReadOnlySpan<LaneMode> Modes => _modes;

    /// <summary>Puts a shot's constants into a lane; what the lane has already is not computed again.</summary>
    /// <param name="frequencyFactor">Of this shot, on the rig's ω_k.</param>
    /// <param name="dampingFactor">Of this shot, on the rig's ζ_k.</param>
    public void Set(int lane, PlateRig rig, double frequencyFactor, double dampingFactor)
    {
        bool sameRig = ReferenceEquals(_rigs[lane], rig);
        if (sameRig && _factors[lane] == (frequencyFactor, dampingFactor))
        {
            return;
        }

        if (!sameRig)
        {
            Speaker.Set(lane, rig);
            for (int k = 0; k < _modes.Length; k++)
            {
                _modes[k].SetShapes(lane, rig, k);
            }
        }

        ModeRow heard = default;
        for (int k = 0; k < _modes.Length; k++)
        {
            ModeStep step = rig.StepOf(k, frequencyFactor, dampingFactor);
            _modes[k].SetStep(lane, step);
            heard = heard.Plus(1, step.Heard);
        }

        Speaker.SetHeard(lane, heard);
        _rigs[lane] = rig;
        _factors[lane] = (frequencyFactor, dampingFactor);
    }

    /// <summary>Puts a state into a lane.</summary>
    public void Start(int lane, PlateState state)
    {
        for (int k = 0; k < _modes.Length; k++)
        {
            _modes[k].Metre = _modes[k].Metre.WithElement(lane, (float)state.Metre[k]);
            _modes[k].MetrePerSecond = _modes[k].MetrePerSecond.WithElement(lane, (float)state.MetrePerSecond[k]);
        }

        BlockedVolts = BlockedVolts.WithElement(lane, (float)state.BlockedVolts);
        SpeakerVolts = SpeakerVolts.WithElement(lane, (float)state.SpeakerVolts);
        CoilAmpere = CoilAmpere.WithElement(lane, (float)state.CoilAmpere);
        Heard = Heard.WithElement(lane, (float)state.HeardMetrePerSecond);
        Rumble = Rumble.WithElement(lane, (float)state.RumbleMetrePerSecond);
        Sums = SumsNow();
    }

    public void Rest()
    {
        for (int k = 0; k < _modes.Length; k++)
        {
            _modes[k].Metre = Vector<float>.Zero;
            _modes[k].MetrePerSecond = Vector<float>.Zero;
        }

        BlockedVolts = SpeakerVolts = CoilAmpere = Heard = Rumble = Vector<float>.Zero;
        Sums = default;
    }

    /// <summary>Every part of the state times <paramref name="kept"/>: what is left of it where a shot does not start at rest.</summary>
    public void Keep(float kept)
    {
        for (int k = 0; k < _modes.Length; k++)
        {
            _modes[k].Metre *= kept;
            _modes[k].MetrePerSecond *= kept;
        }

        BlockedVolts *= kept;
        SpeakerVolts *= kept;
        CoilAmpere *= kept;
        Heard *= kept;
        Rumble *= kept;
        Sums = SumsNow();
    }

    /// <summary>The kick and the step behind it.</summary>
    /// <param name="clipped">w, V.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Advance(Vector<float> clipped)
    {
        ref LaneSpeaker s = ref Speaker;
        LaneKick kick = LaneKick.Of(s, Sums, CoilAmpere);
        Vector<float> left = clipped - BlockedVolts;
        Vector<float> drive = left * s.MeanDrive;
        var push = new LanePush(kick.NewtonSecond, Sums.Stretch, drive, SpeakerVolts, kick.Ampere);

        // z's change, not z: where the whole moves fast, z nearly is Σ C·q′, and only their difference is read.
        Vector<float> heard = s.HeardFromDrive * drive;
        heard = Fma(s.HeardFromVolts, SpeakerVolts, heard);
        heard = Fma(s.HeardFromAmpere, kick.Ampere, heard);
        LaneSums sums = default;
        Span<LaneMode> modes = _modes;
        for (int k = 0; k < modes.Length; k++)
        {
            LaneMode.Advance(ref modes[k], push, ref heard);
            LaneSums.Add(ref sums, modes[k]);
        }

        Sums = sums;
        CoilAmpere = Fma(s.AmpereKept, kick.Ampere, Fma(s.AmpereFromVolts, SpeakerVolts, s.AmpereFromDrive * drive));
        SpeakerVolts = Fma(s.VoltsKept, SpeakerVolts, s.VoltsTaken * drive);
        BlockedVolts = Fma(s.Released, left, BlockedVolts);
        heard = Fma(-s.HeardTaken, Heard, heard);
        Rumble = Fma(s.RumbleTaken, Fma(heard, new Vector<float>(0.5f), Heard) - Rumble, Rumble);
        Heard += heard;
    }

    /// <returns>V of the microphone now, the kick's first half done.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Vector<float> NodeVolts()
    {
        Vector<float> speed = Vector<float>.Zero;
        Vector<float> stretched = Vector<float>.Zero;
        foreach (ref readonly LaneMode m in Modes)
        {
            speed = Fma(m.MicrophoneShape, m.MetrePerSecond, speed);
            stretched = Fma(m.MicrophoneShape * m.StretchShape, m.Metre, stretched);
        }

        LaneKick kick = LaneKick.Of(Speaker, Sums, CoilAmpere);
        speed = Fma(Speaker.SpeedHeardPerNewtonSecond, kick.FirstNewtonSecond, speed);
        speed = Fma(stretched * -0.5f, Sums.Stretch, speed);
        return Speaker.VoltsPerSpeed * (speed - Heard) - Speaker.VoltsPerRumble * (Heard - Rumble);
    }

    private LaneSums SumsNow()
    {
        LaneSums sums = default;
        foreach (ref readonly LaneMode m in Modes)
        {
            LaneSums.Add(ref sums, m);
        }

        return sums;
    }
}
