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
    private readonly Vector<float>[] _pumpRe = new Vector<float>[LaneWideTransform.Length];
    private readonly Vector<float>[] _pumpIm = new Vector<float>[LaneWideTransform.Length];
    private readonly Vector<float>[] _harmonicRe = new Vector<float>[LaneWideTransform.Length];
    private readonly Vector<float>[] _harmonicIm = new Vector<float>[LaneWideTransform.Length];

    /// <summary>[sample of the pump], Re A in front of the crystal: to be written before <see cref="Forward"/>.</summary>
    public Span<Vector<float>> PumpRe => _pumpRe.AsSpan(0, ShotLayout.FieldSamples);

    public Span<Vector<float>> PumpIm => _pumpIm.AsSpan(0, ShotLayout.FieldSamples);

    /// <summary>[sample of the harmonic], Re B behind the crystal, times the transform's length; with phases of no meaning.</summary>
    public ReadOnlySpan<Vector<float>> HarmonicRe => _harmonicRe.AsSpan(0, ShotLayout.HarmonicSamples);

    public ReadOnlySpan<Vector<float>> HarmonicIm => _harmonicIm.AsSpan(0, ShotLayout.HarmonicSamples);

    public void Forward(SplitStepTable table)
    {
        _pumpRe.AsSpan(ShotLayout.FieldSamples).Clear();
        _pumpIm.AsSpan(ShotLayout.FieldSamples).Clear();
        _harmonicRe.AsSpan().Clear();
        _harmonicIm.AsSpan().Clear();
        table.PumpHalf.Turn(_pumpRe, _pumpIm);
        Couple(table);
        for (int step = 1; step < table.Steps; step++)
        {
            LaneWideTransform.Inverse(_pumpRe, _pumpIm);
            table.Pump.Turn(_pumpRe, _pumpIm);
            table.Harmonic.Turn(_harmonicRe, _harmonicIm);
            LaneWideTransform.Forward(_harmonicRe, _harmonicIm);
            Couple(table);
        }
    }

    // From Ω to t and back, but for the pump, which nobody asks for behind the last step, and the harmonic, of which there is none yet.
    private void Couple(SplitStepTable table)
    {
        LaneWideTransform.Forward(_pumpRe, _pumpIm);
        LaneCoupling.Step(table.HalfCoupling, _pumpRe, _pumpIm, _harmonicRe, _harmonicIm);
        LaneWideTransform.Inverse(_harmonicRe, _harmonicIm);
    }
}
