namespace PnnEdge.Optics.Spectra;

/// <summary>From detector readings to a bench's volts: saturated pixels counted, the dark frame subtracted, pixels averaged into bins of wavelength.</summary>
/// <param name="binOfPixel">[pixel]; −1 for none.</param>
/// <param name="bins">How many.</param>
/// <param name="voltsPerUnit">One unit of a reading, V.</param>
/// <param name="saturatedAt">A reading that is saturated (<see cref="SaturationLevel"/>); null where that cannot be told.</param>
public sealed class SpectrumReduction(int[] binOfPixel, int bins, double voltsPerUnit, double? saturatedAt)
{
    private readonly double[] _pixelsOfBin = [.. Enumerable.Range(0, bins).Select(bin => (double)binOfPixel.Count(at => at == bin))];
    private double[] _dark = new double[binOfPixel.Length];

    public int Pixels => binOfPixel.Length;

    public int Bins => bins;

    /// <summary>Of all spectra reduced so far: readings inside the bins that were saturated.</summary>
    public long SaturatedPixels { get; private set; }

    /// <param name="readings">[pixel], mean of some exposures without light.</param>
    public void SetDark(double[] readings) => _dark = readings;

    /// <param name="readings">[pixel].</param> <param name="volts">[bin], V; overwritten.</param>
    public void Reduce(ReadOnlySpan<double> readings, Span<float> volts)
    {
        Span<double> sums = stackalloc double[bins];
        sums.Clear();
        for (int pixel = 0; pixel < binOfPixel.Length; pixel++)
        {
            int bin = binOfPixel[pixel];
            if (bin < 0) { continue; }
            SaturatedPixels += readings[pixel] >= saturatedAt ? 1 : 0;
            sums[bin] += readings[pixel] - _dark[pixel];
        }

        for (int bin = 0; bin < bins; bin++) { volts[bin] = (float)(sums[bin] / _pixelsOfBin[bin] * voltsPerUnit); }
    }

    /// <summary>What the bins read with every pixel at one reading, V: where the detector ends.</summary>
    public (float Min, float Max) RangeOf(double lowest, double highest)
    {
        long saturated = SaturatedPixels;
        float[] low = new float[bins], high = new float[bins];
        Reduce([.. Enumerable.Repeat(lowest, Pixels)], low);
        Reduce([.. Enumerable.Repeat(highest, Pixels)], high);
        SaturatedPixels = saturated;
        return (low.Min(), high.Max());
    }
}
