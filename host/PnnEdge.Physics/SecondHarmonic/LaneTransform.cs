using System.Numerics;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>
/// The discrete Fourier transform of 512 complex numbers per lane in single precision, in place and unscaled: radix 4 four
/// times and radix 2 once. <see cref="Forward"/> leaves its result in an order of its own, which <see cref="Inverse"/>
/// takes: products of spectra need no other.
/// </summary>
/// <remarks>
/// Measured against the direct sum of products over the same lanes, each product once: an autoconvolution takes 1.0 µs a shot in place
/// of 1.7 µs (256-bit vectors, one core).
/// </remarks>
internal static class LaneTransform
{
    public const int Length = ShotLayout.TransformLength;

    private const int LargestQuarter = Length / 4;
    private const int SmallestQuarter = 2;

    private static readonly float[] Turns = LaneButterflies.Turns(LargestQuarter, SmallestQuarter);

    public static void Forward(Span<Vector<float>> re, Span<Vector<float>> im)
    {
        ReadOnlySpan<float> turns = Turns;
        for (int quarter = LargestQuarter; quarter >= SmallestQuarter; quarter /= 4)
        {
            LaneButterflies.Spread(re[..Length], im[..Length], quarter, turns[..(6 * quarter)]);
            turns = turns[(6 * quarter)..];
        }

        LaneButterflies.Pairs(re[..Length], im[..Length]);
    }

    public static void Inverse(Span<Vector<float>> re, Span<Vector<float>> im)
    {
        LaneButterflies.Pairs(re[..Length], im[..Length]);
        ReadOnlySpan<float> turns = Turns;
        for (int quarter = SmallestQuarter; quarter <= LargestQuarter; quarter *= 4)
        {
            LaneButterflies.Gather(re[..Length], im[..Length], quarter, turns.Slice(turns.Length - 6 * quarter, 6 * quarter));
            turns = turns[..^(6 * quarter)];
        }
    }
}
