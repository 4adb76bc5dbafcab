using System.Numerics.Tensors;

namespace PnnEdge.Training.Alignment;

/// <summary>
/// Finds a known chirp in a recording, to a fraction of a sample: the highest cross-correlation gives the whole samples, and least squares on amplitude and
/// delay together, from there on, the rest. In white noise that is the maximum-likelihood estimate.
/// </summary>
/// <remarks>
/// Its error reaches the Cramér–Rao bound σ²(τ) = σ² / (a² Σ p'²) (Kay, Fundamentals of Statistical Signal Processing I, 1993, section 3.11),
/// σ being the noise of a sample and a the chirp's amplitude. For <see cref="LinearChirp.OfCodecs"/> Σ p'² is 129: σ(τ) is 0.088 samples times σ / a.
/// </remarks>
public sealed class ChirpFinder
{
    private const int MostSteps = 12;
    /// <summary>Each step squares what is left, so that the next one would be below rounding.</summary>
    private const double EnoughSamples = 1e-6;

    private readonly LinearChirp _chirp;
    private readonly float[] _pattern;

    public ChirpFinder(LinearChirp chirp)
    {
        _chirp = chirp;
        _pattern = [.. Enumerable.Range(0, chirp.Samples + 1).Select(n => (float)chirp.At(n).Value)];
    }

    /// <summary>Samples that a recording needs on either side of where a chirp may lie.</summary>
    public const int MarginSamples = 2;

    /// <param name="recording">[sample]; at least <see cref="MarginSamples"/> before <paramref name="from"/>, and the chirp, the largest lag and as many behind it.</param>
    /// <param name="from">Where a chirp without lag would begin.</param>
    /// <param name="mostLag">Largest lag looked for, samples.</param>
    public FoundLag Find(ReadOnlySpan<float> recording, int from, int mostLag)
    {
        int whole = 0;
        float highest = float.NegativeInfinity;
        for (int lag = 0; lag <= mostLag; lag++)
        {
            float product = TensorPrimitives.Dot(recording.Slice(from + lag, _pattern.Length), _pattern);
            if (product > highest) { (highest, whole) = (product, lag); }
        }

        return Refine(recording.Slice(from + whole - MarginSamples, _pattern.Length + (2 * MarginSamples)), whole, mostLag);
    }

    // Gauss–Newton on y ≈ a·p(n − τ), both unknown.
    private FoundLag Refine(ReadOnlySpan<float> around, int whole, int mostLag)
    {
        double delay = 0;
        Sums sums = SumsAt(around, delay);
        for (int step = 0; step < MostSteps; step++)
        {
            double by = sums.Step;
            if (!(Math.Abs(delay + by) <= 1)) { return new FoundLag(whole, double.PositiveInfinity, 0); }
            delay += by;
            sums = SumsAt(around, delay);
            if (Math.Abs(by) < EnoughSamples) { break; }
        }

        double lag = whole + delay;
        return sums.Amplitude > 0 && lag > -0.5 && lag < mostLag + 0.5
            ? new FoundLag(lag, sums.StandardError, sums.Amplitude)
            : new FoundLag(lag, double.PositiveInfinity, sums.Amplitude);
    }

    private Sums SumsAt(ReadOnlySpan<float> around, double delay)
    {
        double yy = 0, yp = 0, yd = 0, pp = 0, pd = 0, dd = 0;
        for (int n = 0; n < around.Length; n++)
        {
            (double p, double slope) = _chirp.At(n - MarginSamples - delay);
            double y = around[n], d = -slope;
            (yy, yp, yd) = (yy + (y * y), yp + (y * p), yd + (y * d));
            (pp, pd, dd) = (pp + (p * p), pd + (p * d), dd + (d * d));
        }

        return new Sums(around.Length, yy, yp, yd, pp, pd, dd);
    }

    /// <summary>Products of the recording y, the chirp p and its derivative d by the delay.</summary>
    private readonly record struct Sums(int Count, double YY, double YP, double YD, double PP, double PD, double DD)
    {
        private double Determinant => (PP * DD) - (PD * PD);

        /// <summary>At this delay.</summary>
        public double Amplitude => YP / PP;

        /// <summary>y ≈ a·p + b·d: the delay is off by b/a.</summary>
        public double Step => ((PP * YD) - (PD * YP)) / ((DD * YP) - (PD * YD));

        public double StandardError
        {
            get
            {
                double left = Math.Max(0, YY - (YP * YP / PP)) / (Count - 2);
                return Math.Sqrt(left * PP / Determinant) / Math.Abs(Amplitude);
            }
        }
    }
}
