namespace PnnEdge.Optics.Spectra;

/// <summary>How far two spectra differ in shape, whatever their power: the distance of both at length 1, from 0 to √2 for spectra without a negative value.</summary>
public static class SpectrumShape
{
    /// <param name="spectrum">[bin].</param> <param name="reference">[bin].</param>
    public static double Distance(ReadOnlySpan<double> spectrum, ReadOnlySpan<double> reference)
    {
        double length = Length(spectrum), referenceLength = Length(reference), sum = 0;
        for (int bin = 0; bin < spectrum.Length; bin++)
        {
            double difference = (spectrum[bin] / length) - (reference[bin] / referenceLength);
            sum += difference * difference;
        }

        return Math.Sqrt(sum);
    }

    private static double Length(ReadOnlySpan<double> spectrum)
    {
        double sum = 0;
        foreach (double value in spectrum) { sum += value * value; }
        return Math.Sqrt(sum);
    }
}
