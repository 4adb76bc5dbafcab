using System.Numerics;

namespace PnnEdge.Optics.Shaping;

/// <summary>
/// Frames of a liquid-crystal phase modulator. It gives an amplitude A at a phase φ as the mean of two pixels, φ + arccos A and φ − arccos A:
/// the rows of a channel take them in turn, and what the pair's difference holds is diffracted away (Hsueh and Sawchuk, Appl. Opt. 17, 3874,
/// 1978; as a vertical grating of a pulse shaper Vaughan et al., Opt. Lett. 30, 323, 2005).
/// </summary>
public sealed class PhasePairEncoder : FrameEncoder
{
    private readonly PhaseTable _phase;

    /// <inheritdoc/>
    /// <param name="rows">Two at least, and even.</param>
    public PhasePairEncoder(SpectralAxis axis, WavelengthBins channels, int rows, PhaseTable phase, double[] channelRad)
        : base(axis, channels, rows, channelRad)
    {
        if (rows < 2 || rows % 2 != 0) { throw new ArgumentException($"A frame has pairs of rows; asked were {rows} rows.", nameof(rows)); }
        _phase = phase;
    }

    public override double AmplitudeStep => _phase.LargestStepRad;

    /// <summary>Without voltage it lets all through.</summary>
    public override double AmplitudeAtRest => 1;

    protected override void Write(double amplitude, double phaseRad, Span<byte> column)
    {
        double half = Math.Acos(amplitude);
        (byte even, byte odd) = (_phase.Nearest(phaseRad + half), _phase.Nearest(phaseRad - half));
        for (int row = 0; row < column.Length; row += 2) { (column[row], column[row + 1]) = (even, odd); }
    }

    protected override Complex Sum(ReadOnlySpan<byte> levels, int count)
    {
        Complex sum = Complex.Zero;
        for (int row = 0; row < Rows; row++)
        {
            foreach (byte level in levels.Slice(row * Columns, count)) { sum += new Complex(_phase.Cosine(level), _phase.Sine(level)); }
        }

        return sum;
    }
}
