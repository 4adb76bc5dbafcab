using System.Numerics;
using System.Runtime.InteropServices;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>
/// The undepleted system in single precision, some shots side by side, one a lane; <see cref="SecondHarmonicReference"/>
/// is its clean version. An instance is one worker's scratch memory.
/// </summary>
/// <remarks>
/// One whole hardware vector of shots is computed, never a scalar rest, and every lane is on its own: a shot's bits do
/// not depend on what stands beside it, nor on the vector's width.
/// </remarks>
internal sealed class LaneOptics
{
    private readonly Vector<float>[] _pixels = new Vector<float>[ShotLayout.Pixels];
    private readonly Vector<float>[] _bins = new Vector<float>[ShotLayout.Bins];
    private readonly Vector<float>[] _power = new Vector<float>[ShotLayout.HarmonicSamples];
    private readonly Vector<float>[] _pumpRe = new Vector<float>[LaneTransform.Length];
    private readonly Vector<float>[] _pumpIm = new Vector<float>[LaneTransform.Length];
    private readonly Vector<float>[] _harmonicRe = new Vector<float>[LaneTransform.Length];
    private readonly Vector<float>[] _harmonicIm = new Vector<float>[LaneTransform.Length];

    /// <summary>How many shots one call takes at most.</summary>
    public static int MaxShots => Vector<float>.Count;

    /// <param name="drive">[shot, sample of the shot], V; the pixels are read.</param>
    /// <param name="node">[shot, sample of the shot], V: 0 while the pixels load, then the bins; overwritten.</param>
    public void Forward(OpticalTable table, int shots, ReadOnlySpan<float> drive, Span<float> node)
    {
        Load(shots, drive, 0, _pixels);
        Play(table);
        LaneSpectrometer.Forward(table, table.CrystalGain, _harmonicRe, _harmonicIm, _power, _bins);
        Store(shots, _bins, node, ShotLayout.Pixels);
    }

    /// <param name="drive">[shot, sample of the shot], V, where the derivative is taken.</param>
    /// <param name="dnode">[shot, sample of the shot], ∂loss/∂node, 1/V.</param>
    /// <param name="ddrive">[shot, sample of the shot], ∂loss/∂drive, 1/V: 0 behind the pixels; overwritten.</param>
    public void Vjp(OpticalTable table, int shots, ReadOnlySpan<float> drive, ReadOnlySpan<float> dnode, Span<float> ddrive)
    {
        Load(shots, drive, 0, _pixels);
        Play(table);
        Load(shots, dnode, ShotLayout.Pixels, _bins);
        LaneSpectrometer.HalfVjp(table, _bins, _power, _harmonicRe, _harmonicIm);
        LaneCrystal.HalfVjp(_pumpRe, _pumpIm, _harmonicRe, _harmonicIm);
        LaneShaper.Vjp(table, _harmonicRe, _harmonicIm, _pixels);
        foreach (ref Vector<float> pixel in _pixels.AsSpan())
        {
            pixel *= new Vector<float>(4f); // the two halves
        }

        Store(shots, _pixels, ddrive, 0);
    }

    private void Play(OpticalTable table)
    {
        LaneShaper.Forward(table, _pixels, _pumpRe, _pumpIm);
        _pumpRe.AsSpan(ShotLayout.FieldSamples).Clear();
        _pumpIm.AsSpan(ShotLayout.FieldSamples).Clear();
        LaneCrystal.Forward(_pumpRe, _pumpIm, _harmonicRe, _harmonicIm);
    }

    // Lanes without a shot repeat the last one.
    public static void Load(int shots, ReadOnlySpan<float> samples, int first, Vector<float>[] lanes)
    {
        Span<float> values = MemoryMarshal.Cast<Vector<float>, float>(lanes.AsSpan());
        for (int lane = 0; lane < Vector<float>.Count; lane++)
        {
            ReadOnlySpan<float> shot = samples.Slice(Math.Min(lane, shots - 1) * ShotLayout.SamplesPerShot + first, lanes.Length);
            for (int at = 0; at < shot.Length; at++)
            {
                values[at * Vector<float>.Count + lane] = shot[at];
            }
        }
    }

    public static void Store(int shots, Vector<float>[] lanes, Span<float> samples, int first)
    {
        ReadOnlySpan<float> values = MemoryMarshal.Cast<Vector<float>, float>(lanes.AsSpan());
        for (int lane = 0; lane < shots; lane++)
        {
            Span<float> shot = samples.Slice(lane * ShotLayout.SamplesPerShot, ShotLayout.SamplesPerShot);
            shot.Clear();
            for (int at = 0; at < lanes.Length; at++)
            {
                shot[first + at] = values[at * Vector<float>.Count + lane];
            }
        }
    }
}
