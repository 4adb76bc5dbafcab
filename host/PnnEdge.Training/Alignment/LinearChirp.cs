namespace PnnEdge.Training.Alignment;

/// <summary>
/// A linear chirp of unit amplitude with raised-cosine edges: p(t) = w(t)·sin 2π(f₀t + (f₁ − f₀)t²/2N), 0 ≤ t ≤ N, and 0 elsewhere. It is a function of
/// time, not of samples, so it is known at any delay without interpolation.
/// </summary>
/// <remarks>w is Tukey's window (Harris, Proc. IEEE 66, 51, 1978): the edges keep the spectrum inside the band, where the codecs' filters are flat.</remarks>
/// <param name="samples">N.</param>
/// <param name="startCycles">f₀, cycles per sample.</param>
/// <param name="endCycles">f₁, cycles per sample.</param>
/// <param name="edgeShare">Of the whole that both edges take together.</param>
public sealed class LinearChirp(int samples, double startCycles, double endCycles, double edgeShare = 0.25)
{
    /// <summary>
    /// What finds a codec's lag. 1.9 to 29 kHz at 96 kS/s, 0.9 to 13 kHz at 44.1: above the input's high-pass filter and well below where
    /// the codecs' filters begin to fall (0.45 of the rate). 256 samples are short beside a shot of 400, and long enough for 0.003 samples where the chirp's amplitude is 30 dB above the noise's rms.
    /// </summary>
    public static LinearChirp OfCodecs { get; } = new(256, 0.02, 0.30);

    public int Samples => samples;

    /// <returns>p(t), 1, and dp/dt, 1/sample.</returns>
    public (double Value, double Slope) At(double t)
    {
        if (t <= 0 || t >= samples) { return (0, 0); }
        double sweep = (endCycles - startCycles) * t / samples;
        (double sin, double cos) = Math.SinCos(2 * Math.PI * t * (startCycles + (sweep / 2)));
        (double window, double windowSlope) = Window(t);
        return (window * sin, (windowSlope * sin) + (window * cos * 2 * Math.PI * (startCycles + sweep)));
    }

    private (double Value, double Slope) Window(double t)
    {
        double edge = Math.Min(t, samples - t), edges = edgeShare * samples / 2;
        if (edge >= edges) { return (1, 0); }
        (double sin, double cos) = Math.SinCos(Math.PI * edge / edges);
        double slope = 0.5 * Math.PI / edges * sin;
        return (0.5 * (1 - cos), t <= samples - t ? slope : -slope);
    }
}
