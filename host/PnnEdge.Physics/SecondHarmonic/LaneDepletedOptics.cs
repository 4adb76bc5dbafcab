using System.Numerics;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>
/// The full system in single precision, some shots side by side, one a lane; <see cref="DepletedReference"/> is its clean version.
/// An instance is one worker's crystal and scratch memory.
/// </summary>
/// <remarks>Whole vectors of shots that know nothing of each other, as <see cref="SecondHarmonicForward"/>.</remarks>
/// <param name="steps">z-steps of the crystal.</param>
internal sealed class LaneDepletedOptics(int steps)
{
    private readonly Vector<float>[] _pixels = new Vector<float>[ShotLayout.Pixels];
    private readonly Vector<float>[] _bins = new Vector<float>[ShotLayout.Bins];
    private readonly Vector<float>[] _power = new Vector<float>[ShotLayout.HarmonicSamples];
    private readonly SplitStepTable _table = new(steps);
    private readonly LaneSplitStep _crystal = new();

    /// <summary>Before the first shot, and whenever the parameters change.</summary>
    public void Set(in SecondHarmonicParameters p) => _table.Set(p);

    /// <param name="table">Shaper and spectrometer.</param>
    /// <param name="drive">[shot, sample of the shot], V; the pixels are read.</param>
    /// <param name="node">[shot, sample of the shot], V: 0 while the pixels load, then the bins; overwritten.</param>
    public void Forward(OpticalTable table, int shots, ReadOnlySpan<float> drive, Span<float> node)
    {
        LaneShots.Load(shots, drive, 0, _pixels);
        LaneShaper.Forward(table, _pixels, _crystal.PumpRe, _crystal.PumpIm);
        _crystal.Forward(_table);
        LaneSpectrometer.Forward(table, _table.ReadGain, _crystal.HarmonicRe, _crystal.HarmonicIm, _power, _bins);
        LaneShots.Store(shots, _bins, node, ShotLayout.Pixels);
    }
}
