using System.Numerics.Tensors;
using PnnEdge.Training.Alignment;

namespace PnnEdge.VirtualDevice.Converters;

/// <summary>What lies between an output's samples and an input's: filters that delay, two clocks that started apart, and the input's high-pass and noise.</summary>
/// <remarks>
/// The delay is that of linear-phase filters, flat to 0.45 of the rate as the PCM1808's are to 0.454 (SLES177B, section 6.5). The high-pass is a
/// difference and a leaky sum, and starts every block at rest: on a board blocks come some 50 ms apart, in which half of what it holds is gone; ours forgets all of it.
/// </remarks>
internal static class CodecAnalog
{
    /// <summary>PCM1808: 0.91 Hz at 48 kS/s and in proportion (SLES177B, section 6.5).</summary>
    public const double HighPassCycles = 0.91 / 48000;

    /// <summary>PCM1808: 99 dB below full scale, rms (SLES177B, section 6.5).</summary>
    public const double NoiseOfFullScale = 7.9e-6;

    private static readonly FractionalDelay Filters = new(32, 9);

    /// <param name="volts">[sample] at the output.</param>
    /// <param name="lagSamples">0 or more.</param>
    /// <param name="late">[sample] at the input; overwritten.</param>
    public static void Delay(ReadOnlySpan<float> volts, double lagSamples, Span<float> late)
    {
        int whole = (int)Math.Ceiling(lagSamples);
        float[] weights = Filters.Weights(whole - lagSamples);
        int before = whole + Filters.HalfTaps - 1;
        float[] around = new float[Math.Max(before + volts.Length, late.Length + weights.Length)]; // at rest before and behind
        volts.CopyTo(around.AsSpan(before));
        for (int n = 0; n < late.Length; n++) { late[n] = TensorPrimitives.Dot(around.AsSpan(n, weights.Length), weights); }
    }

    /// <param name="volts">[sample], V; overwritten.</param>
    public static void HighPass(Span<float> volts)
    {
        double kept = Math.Exp(-2 * Math.PI * HighPassCycles), high = 0;
        float before = 0;
        foreach (ref float value in volts)
        {
            high = (kept * high) + (value - before);
            before = value;
            value = (float)high;
        }
    }
}
