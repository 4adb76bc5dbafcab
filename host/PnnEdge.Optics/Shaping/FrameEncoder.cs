using System.Numerics;

namespace PnnEdge.Optics.Shaping;

/// <summary>
/// From the field asked of every spectral channel to the modulator's grey levels. A phase modulator gives an amplitude A at a phase φ as the
/// mean of two pixels, φ + arccos A and φ − arccos A: the rows of a channel take them in turn, and what the pair's difference holds is
/// diffracted away (Hsueh and Sawchuk, Appl. Opt. 17, 3874, 1978; as a vertical grating of a pulse shaper Vaughan et al., Opt. Lett. 30, 323, 2005).
/// </summary>
public sealed class FrameEncoder
{
    private readonly PhaseTable _phase;
    private readonly int[] _channelOfColumn;
    private readonly double[] _channelRad;
    private readonly int _rows;

    /// <param name="axis">Of the modulator's columns.</param>
    /// <param name="channels">Where its channels lie; columns beside them stay dark.</param>
    /// <param name="rows">Two at least, and even.</param>
    /// <param name="channelRad">[channel], rad: a phase that every frame gets beside what is asked, such as one against dispersion.</param>
    public FrameEncoder(SpectralAxis axis, WavelengthBins channels, int rows, PhaseTable phase, double[] channelRad)
    {
        if (rows < 2 || rows % 2 != 0) { throw new ArgumentException($"A frame has pairs of rows; asked were {rows} rows.", nameof(rows)); }
        (_phase, _rows, _channelRad, Channels) = (phase, rows, channelRad, channels.Count);
        _channelOfColumn = channels.Of(axis.AllNm(), "The modulator");
    }

    public int Channels { get; }

    public int Columns => _channelOfColumn.Length;

    /// <summary>Bytes of one frame.</summary>
    public int FrameBytes => Columns * _rows;

    /// <summary>No amplitude is further than half of this from what the grey levels give.</summary>
    public double AmplitudeStep => _phase.LargestStepRad;

    /// <param name="field">[channel], magnitude 1 at most.</param>
    /// <param name="frame">[row, column], grey level; overwritten.</param>
    public void Encode(ReadOnlySpan<Complex> field, Span<byte> frame)
    {
        Span<byte> even = stackalloc byte[Channels + 1], odd = stackalloc byte[Channels + 1];
        for (int channel = 0; channel < Channels; channel++)
        {
            (even[channel], odd[channel]) = Pair(field[channel].Magnitude, field[channel].Phase + _channelRad[channel]);
        }

        (even[Channels], odd[Channels]) = Pair(0, 0);
        Lay(even, odd, frame);
    }

    /// <summary>As <see cref="Encode"/>, of real amplitudes: a negative one is a phase of π.</summary>
    /// <param name="amplitudes">[channel], −1 to 1.</param>
    public void EncodeReal(ReadOnlySpan<float> amplitudes, Span<byte> frame)
    {
        Span<byte> even = stackalloc byte[Channels + 1], odd = stackalloc byte[Channels + 1];
        for (int channel = 0; channel < Channels; channel++) { (even[channel], odd[channel]) = Pair(amplitudes[channel], _channelRad[channel]); }
        (even[Channels], odd[Channels]) = Pair(0, 0);
        Lay(even, odd, frame);
    }

    /// <summary>What a frame's grey levels give in every channel, by the calibration, without the phase that every frame gets.</summary>
    /// <param name="frame">[row, column].</param>
    /// <param name="field">[channel]; overwritten.</param>
    public void Decode(ReadOnlySpan<byte> frame, Span<Complex> field)
    {
        Span<int> pixels = stackalloc int[Channels];
        pixels.Clear();
        field.Clear();
        for (int row = 0; row < _rows; row++)
        {
            ReadOnlySpan<byte> levels = frame.Slice(row * Columns, Columns);
            for (int column = 0; column < levels.Length; column++)
            {
                int channel = _channelOfColumn[column];
                if (channel < 0) { continue; }
                field[channel] += new Complex(_phase.Cosine(levels[column]), _phase.Sine(levels[column]));
                pixels[channel]++;
            }
        }

        for (int channel = 0; channel < field.Length; channel++) { field[channel] *= Complex.FromPolarCoordinates(1.0 / pixels[channel], -_channelRad[channel]); }
    }

    private (byte Even, byte Odd) Pair(double amplitude, double phaseRad)
    {
        if (!(Math.Abs(amplitude) <= 1 + 1e-6)) { throw new ArgumentOutOfRangeException(nameof(amplitude), $"Asked for an amplitude of {amplitude}; a modulator gives −1 to 1."); }
        double half = Math.Acos(Math.Clamp(amplitude, -1, 1)); // a magnitude's rounding must not become NaN
        return (_phase.Nearest(phaseRad + half), _phase.Nearest(phaseRad - half));
    }

    private void Lay(ReadOnlySpan<byte> even, ReadOnlySpan<byte> odd, Span<byte> frame)
    {
        for (int column = 0; column < Columns; column++)
        {
            int channel = _channelOfColumn[column] < 0 ? Channels : _channelOfColumn[column];
            (frame[column], frame[Columns + column]) = (even[channel], odd[channel]);
        }

        ReadOnlySpan<byte> pair = frame[..(2 * Columns)];
        for (int row = 2; row < _rows; row += 2) { pair.CopyTo(frame[(row * Columns)..]); }
    }
}
