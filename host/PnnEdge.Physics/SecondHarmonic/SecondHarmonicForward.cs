using System.Numerics;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>
/// The undepleted system in single precision, some shots side by side, one a lane; <see cref="SecondHarmonicReference"/>
/// is its clean version. An instance is one worker's scratch memory.
/// </summary>
/// <remarks>
/// One whole hardware vector of shots is computed, never a scalar rest, and every lane is on its own: a shot's bits do
/// not depend on what stands beside it, nor on the vector's width.
/// </remarks>
internal sealed class SecondHarmonicForward
{
    private readonly Vector<float>[] _pixels = new Vector<float>[ShotLayout.Pixels];
    private readonly Vector<float>[] _bins = new Vector<float>[ShotLayout.Bins];
    private readonly Vector<float>[] _power = new Vector<float>[ShotLayout.HarmonicSamples];

    /// <summary>How many shots one call takes at most.</summary>
    public static int MaxShots => Vector<float>.Count;

    /// <summary>[<see cref="LaneTransform.Length"/>], Re of A's transform as <see cref="LaneCrystal.Forward"/> leaves it.</summary>
    public Vector<float>[] PumpRe { get; } = new Vector<float>[LaneTransform.Length];

    public Vector<float>[] PumpIm { get; } = new Vector<float>[LaneTransform.Length];

    /// <summary>[<see cref="LaneTransform.Length"/>], Re B as <see cref="LaneCrystal.Forward"/> leaves it.</summary>
    public Vector<float>[] HarmonicRe { get; } = new Vector<float>[LaneTransform.Length];

    public Vector<float>[] HarmonicIm { get; } = new Vector<float>[LaneTransform.Length];

    /// <param name="drive">[shot, sample of the shot], V; the pixels are read.</param>
    /// <param name="node">[shot, sample of the shot], V: 0 while the pixels load, then the bins; overwritten.</param>
    public void Run(OpticalTable table, int shots, ReadOnlySpan<float> drive, Span<float> node)
    {
        Light(table, shots, drive);
        LaneSpectrometer.Forward(table, table.CrystalGain, HarmonicRe, HarmonicIm, _power, _bins);
        LaneShots.Store(shots, _bins, node, ShotLayout.Pixels);
    }

    /// <summary>As far as the crystal's end: what the derivative begins with.</summary>
    /// <param name="drive">[shot, sample of the shot], V; the pixels are read.</param>
    public void Light(OpticalTable table, int shots, ReadOnlySpan<float> drive)
    {
        LaneShots.Load(shots, drive, 0, _pixels);
        LaneShaper.Forward(table, _pixels, PumpRe, PumpIm);
        PumpRe.AsSpan(ShotLayout.FieldSamples).Clear();
        PumpIm.AsSpan(ShotLayout.FieldSamples).Clear();
        LaneCrystal.Forward(PumpRe, PumpIm, HarmonicRe, HarmonicIm);
    }
}
