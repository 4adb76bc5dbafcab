namespace PnnEdge.Optics.Shaping;

/// <summary>Equal bins of wavelength between two ends, the first at <paramref name="FirstNm"/>, which may be the longer one.</summary>
public readonly record struct WavelengthBins(double FirstNm, double LastNm, int Count)
{
    /// <summary>Which bin every pixel's middle falls into.</summary>
    /// <param name="pixelsNm">[pixel], nm.</param>
    /// <param name="what">For the sentence, such as <c>The spectrometer</c>.</param>
    /// <returns>[pixel]; −1 beside the bins.</returns>
    /// <exception cref="ArgumentException">A bin is without a pixel.</exception>
    public int[] Of(IReadOnlyList<double> pixelsNm, string what)
    {
        int[] bins = new int[pixelsNm.Count];
        int[] filled = new int[Count];
        for (int pixel = 0; pixel < bins.Length; pixel++)
        {
            double at = (pixelsNm[pixel] - FirstNm) / (LastNm - FirstNm) * Count;
            bins[pixel] = at >= 0 && at < Count ? (int)at : -1;
            if (bins[pixel] >= 0) { filled[bins[pixel]]++; }
        }

        int empty = Array.IndexOf(filled, 0);
        if (empty >= 0)
        {
            double middle = FirstNm + ((LastNm - FirstNm) * (empty + 0.5) / Count);
            throw new ArgumentException($"{what} has no pixel for bin {empty} at {middle:F3} nm; its pixels go from {pixelsNm.Min():F3} to {pixelsNm.Max():F3} nm.");
        }

        return bins;
    }
}
