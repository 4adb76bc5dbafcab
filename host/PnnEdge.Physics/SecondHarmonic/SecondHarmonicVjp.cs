using System.Numerics;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>The exact reverse of <see cref="SecondHarmonicForward"/>, some shots side by side, one a lane. An instance is one worker's scratch memory.</summary>
internal sealed class SecondHarmonicVjp
{
    private readonly SecondHarmonicForward _forward = new();
    private readonly Vector<float>[] _dpixels = new Vector<float>[ShotLayout.Pixels];
    private readonly Vector<float>[] _dbins = new Vector<float>[ShotLayout.Bins];
    private readonly Vector<float>[] _dpower = new Vector<float>[ShotLayout.HarmonicSamples];

    /// <param name="drive">[shot, sample of the shot], V, where the derivative is taken.</param>
    /// <param name="dnode">[shot, sample of the shot], ∂loss/∂node, 1/V.</param>
    /// <param name="ddrive">[shot, sample of the shot], ∂loss/∂drive, 1/V: 0 behind the pixels; overwritten.</param>
    public void Run(OpticalTable table, int shots, ReadOnlySpan<float> drive, ReadOnlySpan<float> dnode, Span<float> ddrive)
    {
        _forward.Light(table, shots, drive);
        LaneShots.Load(shots, dnode, ShotLayout.Pixels, _dbins);
        LaneSpectrometer.HalfVjp(table, _dbins, _dpower, _forward.HarmonicRe, _forward.HarmonicIm);
        LaneCrystal.HalfVjp(_forward.PumpRe, _forward.PumpIm, _forward.HarmonicRe, _forward.HarmonicIm);
        LaneShaper.Vjp(table, _forward.HarmonicRe, _forward.HarmonicIm, _dpixels);
        foreach (ref Vector<float> pixel in _dpixels.AsSpan())
        {
            pixel *= new Vector<float>(4f); // the two halves
        }

        LaneShots.Store(shots, _dpixels, ddrive, 0);
    }
}
