namespace PnnEdge.Optics.Shaping;

/// <summary>Which wavelength falls on which column or detector pixel: a polynomial of the index, rising or falling throughout.</summary>
public sealed class SpectralAxis
{
    private readonly double[] _coefficientsNm;

    /// <param name="coefficientsNm">[power], nm: constant first; index 0 is the first pixel's middle.</param>
    /// <param name="pixels">How many there are.</param>
    /// <exception cref="ArgumentException">One sentence.</exception>
    public SpectralAxis(IReadOnlyList<double> coefficientsNm, int pixels)
    {
        _coefficientsNm = [.. coefficientsNm];
        Pixels = pixels;
        double direction = Math.Sign(Nm(1) - Nm(0));
        for (int pixel = 1; pixel < pixels; pixel++)
        {
            if (!((Nm(pixel) - Nm(pixel - 1)) * direction > 0))
            {
                throw new ArgumentException($"A wavelength calibration rises or falls throughout; this one has {Nm(pixel - 1):F4} nm on pixel {pixel - 1} and {Nm(pixel):F4} nm on pixel {pixel}.", nameof(coefficientsNm));
            }
        }
    }

    public int Pixels { get; }

    public double Nm(double pixel)
    {
        double nm = 0;
        for (int power = _coefficientsNm.Length - 1; power >= 0; power--) { nm = (nm * pixel) + _coefficientsNm[power]; }
        return nm;
    }

    public double[] AllNm() => [.. Enumerable.Range(0, Pixels).Select(pixel => Nm(pixel))];
}
