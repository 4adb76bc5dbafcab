using System.Numerics;

namespace PnnEdge.Optics.Shaping;

/// <summary>From the field asked of every spectral channel to a modulator's frame and back: columns are wavelengths, the rows of a column hold amplitude and phase.</summary>
public abstract class FrameEncoder
{
    private readonly (int Channel, int First, int Count)[] _stripes;
    private readonly double[] _channelRad;

    /// <param name="axis">Of the modulator's columns.</param>
    /// <param name="channels">Where its channels lie; columns beside them stay dark.</param>
    /// <param name="channelRad">[channel], rad: a phase that every frame gets beside what is asked, such as one against dispersion.</param>
    /// <exception cref="ArgumentException">A channel is without a column.</exception>
    protected FrameEncoder(SpectralAxis axis, WavelengthBins channels, int rows, double[] channelRad)
    {
        (Rows, Columns, Channels, _channelRad) = (rows, axis.Pixels, channels.Count, channelRad);
        _stripes = [.. Stripes(channels.Of(axis.AllNm(), "The modulator"))];
    }

    public int Channels { get; }

    public int Columns { get; }

    public int Rows { get; }

    /// <summary>Bytes of one frame.</summary>
    public int FrameBytes => Columns * Rows;

    /// <summary>No amplitude is further than half of this from what the frame's pixels give.</summary>
    public abstract double AmplitudeStep { get; }

    /// <summary>What every channel gets of a modulator without a frame.</summary>
    public abstract double AmplitudeAtRest { get; }

    /// <param name="field">[channel], magnitude 1 at most.</param>
    /// <param name="frame">[row, column], grey level; overwritten.</param>
    public void Encode(ReadOnlySpan<Complex> field, Span<byte> frame)
    {
        byte[] column = new byte[Rows];
        foreach ((int channel, int first, int count) in _stripes)
        {
            if (channel < 0) { Fill(0, 0, column); }
            else { Fill(field[channel].Magnitude, field[channel].Phase + _channelRad[channel], column); }
            Lay(column, first, count, frame);
        }
    }

    /// <summary>As <see cref="Encode"/>, of real amplitudes: a negative one is a phase of π.</summary>
    /// <param name="amplitudes">[channel], −1 to 1.</param>
    public void EncodeReal(ReadOnlySpan<float> amplitudes, Span<byte> frame)
    {
        byte[] column = new byte[Rows];
        foreach ((int channel, int first, int count) in _stripes)
        {
            if (channel < 0) { Fill(0, 0, column); }
            else { Fill(amplitudes[channel], _channelRad[channel], column); }
            Lay(column, first, count, frame);
        }
    }

    /// <summary>What a frame's pixels give in every channel, by the calibration, without the phase that every frame gets.</summary>
    /// <param name="frame">[row, column].</param>
    /// <param name="field">[channel]; overwritten.</param>
    public void Decode(ReadOnlySpan<byte> frame, Span<Complex> field)
    {
        foreach ((int channel, int first, int count) in _stripes)
        {
            if (channel < 0) { continue; }
            field[channel] = Sum(frame[first..], count) * Complex.FromPolarCoordinates(1.0 / (Rows * count), -_channelRad[channel]);
        }
    }

    /// <param name="amplitude">−1 to 1.</param>
    /// <param name="column">[row], grey level; overwritten.</param>
    protected abstract void Write(double amplitude, double phaseRad, Span<byte> column);

    /// <param name="levels">From a channel's first pixel on; its next row begins <see cref="Columns"/> further.</param>
    /// <param name="count">Of the channel's columns.</param>
    /// <returns>What its pixels give together; the mean over them is the channel's field.</returns>
    protected abstract Complex Sum(ReadOnlySpan<byte> levels, int count);

    private void Fill(double amplitude, double phaseRad, Span<byte> column)
    {
        if (!(Math.Abs(amplitude) <= 1 + 1e-6)) { throw new ArgumentOutOfRangeException(nameof(amplitude), $"Asked for an amplitude of {amplitude}; a modulator gives −1 to 1."); }
        Write(Math.Clamp(amplitude, -1, 1), phaseRad, column); // a magnitude's rounding must not become NaN
    }

    private void Lay(ReadOnlySpan<byte> column, int first, int count, Span<byte> frame)
    {
        for (int row = 0; row < Rows; row++)
        {
            for (int at = (row * Columns) + first, end = at + count; at < end; at++) { frame[at] = column[row]; }
        }
    }

    /// <summary>Neighbours of one channel, or of none (−1): an axis that rises or falls throughout leaves a channel's columns together.</summary>
    private static IEnumerable<(int Channel, int First, int Count)> Stripes(int[] channelOfColumn)
    {
        for (int first = 0, next; first < channelOfColumn.Length; first = next)
        {
            for (next = first + 1; next < channelOfColumn.Length && channelOfColumn[next] == channelOfColumn[first];) { next++; }
            yield return (channelOfColumn[first], first, next - first);
        }
    }
}
