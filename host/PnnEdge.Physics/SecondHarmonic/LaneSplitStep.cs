using System.Numerics;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>
/// <see cref="SplitStepCrystal"/> on lanes: half a linear step in Ω, then coupling in t and a whole linear step in turn, a coupling
/// last. An instance is one worker's scratch memory.
/// </summary>
/// <remarks>
/// The half linear step behind the last coupling is left out: it only turns phases of B, of which the spectrometer sees |B|². Five
/// windows of the pump stay apart on the Ω grid, as in <see cref="DepletedReference"/>: nothing that matters wraps around.
/// </remarks>
internal sealed class LaneSplitStep
{
    private readonly LaneMemory _fields = new(arrays: 4, LaneWideTransform.Length);

    /// <summary>[Ω], Re A: the field in front of the crystal stands in the first <see cref="ShotLayout.FieldSamples"/>, written before <see cref="Forward"/>.</summary>
    public Span<Vector<float>> PumpRe => _fields[0];

    /// <summary>As <see cref="PumpRe"/>, for the imaginary part.</summary>
    public Span<Vector<float>> PumpIm => _fields[1];

    /// <summary>[Ω], Re B behind the crystal in the first <see cref="ShotLayout.HarmonicSamples"/>, times the transform's length; only |B| is meant.</summary>
    public Span<Vector<float>> HarmonicRe => _fields[2];

    /// <summary>As <see cref="HarmonicRe"/>, for the imaginary part.</summary>
    public Span<Vector<float>> HarmonicIm => _fields[3];

    public void Forward(SplitStepTable table)
    {
        PumpRe[ShotLayout.FieldSamples..].Clear();
        PumpIm[ShotLayout.FieldSamples..].Clear();
        HarmonicRe.Clear();
        HarmonicIm.Clear();
        table.PumpHalf.Turn(PumpRe, PumpIm);
        Couple(table.Coupling);
        for (int step = 1; step < table.Steps; step++)
        {
            table.Pump.Turn(PumpRe, PumpIm);
            table.Harmonic.Turn(HarmonicRe, HarmonicIm);
            Couple(table.Coupling);
        }
    }

    // From Ω to t and back.
    private void Couple(float coupling)
    {
        LaneWideTransform.Split(PumpRe, PumpIm);
        LaneWideTransform.Split(HarmonicRe, HarmonicIm);
        for (int at = 0; at < LaneWideTransform.Length; at += LaneWideTransform.Quarter)
        {
            Span<Vector<float>> pumpRe = PumpRe.Slice(at, LaneWideTransform.Quarter);
            Span<Vector<float>> pumpIm = PumpIm.Slice(at, LaneWideTransform.Quarter);
            Span<Vector<float>> harmonicRe = HarmonicRe.Slice(at, LaneWideTransform.Quarter);
            Span<Vector<float>> harmonicIm = HarmonicIm.Slice(at, LaneWideTransform.Quarter);
            LaneWideTransform.Forward(pumpRe, pumpIm);
            LaneWideTransform.Forward(harmonicRe, harmonicIm);
            LaneCoupling.Step(coupling, pumpRe, pumpIm, harmonicRe, harmonicIm);
            LaneWideTransform.Inverse(pumpRe, pumpIm);
            LaneWideTransform.Inverse(harmonicRe, harmonicIm);
        }

        LaneWideTransform.Join(PumpRe, PumpIm);
        LaneWideTransform.Join(HarmonicRe, HarmonicIm);
    }
}
