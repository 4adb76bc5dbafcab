using System.Globalization;
using PnnEdge.Optics.Dialects;
using PnnEdge.Optics.Rigs;
using PnnEdge.Training.Systems;

namespace PnnEdge.Optics.Spectra;

/// <summary>What a spectrometer's pixels read, shown before dark level and bins: whether a pixel stands still, and, where readings are counts, a bit.</summary>
public sealed class DetectorWords
{
    private const int WordBits = 16;

    private readonly int[] _pixels;
    private readonly float[] _shown;

    /// <param name="binOfPixel">[pixel]; −1 for none: what lies beside the bins is nobody's.</param> <param name="nm">[pixel], nm.</param>
    public DetectorWords(int[] binOfPixel, IReadOnlyList<double> nm, SpectrometerSettings settings, InstrumentDialect dialect)
    {
        _pixels = [.. Enumerable.Range(0, binOfPixel.Length).Where(pixel => binOfPixel[pixel] >= 0)];
        _shown = new float[_pixels.Length];
        string? noCounts = NoCounts(settings, dialect);
        Words = new ConverterWords(
            [.. _pixels.Select(pixel => string.Create(CultureInfo.InvariantCulture, $"pixel {pixel} ({nm[pixel]:F2} nm)"))], 0, noCounts is null ? 1 : 0, noCounts is null ? WordBits : 0)
        {
            IsShared = true,
            NoCounts = noCounts,
        };
    }

    public ConverterWords Words { get; }

    /// <param name="readings">[pixel], of one spectrum, detector units.</param>
    public void Show(ReadOnlySpan<double> readings)
    {
        if (Words.Read is not Action<ReadOnlySpan<float>> read) { return; }
        for (int i = 0; i < _shown.Length; i++) { _shown[i] = (float)readings[_pixels[i]]; } // 16 bits are exact
        read(_shown);
    }

    private static string? NoCounts(SpectrometerSettings settings, InstrumentDialect dialect) =>
        dialect.Numbers != NumberFormat.Word16 ? $"The spectrometer ({dialect.Name}) sends what it has computed from its converter's words, so that no bit of them is left to look at; pixels and channels that stand still are looked for all the same."
        : settings.Averages > 1 ? $"The spectrometer averages {settings.Averages} exposures, so that its readings are no converter's words (averages: 1 in the rig's file shows them)."
        : null;
}
