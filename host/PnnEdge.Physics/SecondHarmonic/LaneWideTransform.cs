using System.Numerics;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>
/// <see cref="LaneTransform"/> for 1024 complex numbers per lane: radix 4 five times. <see cref="Forward"/> leaves its result in an
/// order of its own, which <see cref="Inverse"/> takes.
/// </summary>
/// <remarks>
/// The first pass leaves four transforms that know nothing of each other; each is done while it is in the nearest cache, which
/// holds one of them and not all.
/// </remarks>
internal static class LaneWideTransform
{
    public const int Length = 1024;

    private const int Quarter = Length / 4;
    private const int SmallestQuarter = 1;

    private static readonly float[] Turns = LaneButterflies.Turns(Quarter, SmallestQuarter);

    public static void Forward(Span<Vector<float>> re, Span<Vector<float>> im)
    {
        ReadOnlySpan<float> turns = Turns;
        LaneButterflies.Spread(re[..Length], im[..Length], Quarter, turns[..(6 * Quarter)]);
        for (int at = 0; at < Length; at += Quarter)
        {
            ReadOnlySpan<float> rest = turns[(6 * Quarter)..];
            for (int quarter = Quarter / 4; quarter >= SmallestQuarter; quarter /= 4)
            {
                LaneButterflies.Spread(re.Slice(at, Quarter), im.Slice(at, Quarter), quarter, rest[..(6 * quarter)]);
                rest = rest[(6 * quarter)..];
            }
        }
    }

    public static void Inverse(Span<Vector<float>> re, Span<Vector<float>> im)
    {
        ReadOnlySpan<float> turns = Turns;
        for (int at = 0; at < Length; at += Quarter)
        {
            ReadOnlySpan<float> rest = turns;
            for (int quarter = SmallestQuarter; quarter < Quarter; quarter *= 4)
            {
                LaneButterflies.Gather(re.Slice(at, Quarter), im.Slice(at, Quarter), quarter, rest[^(6 * quarter)..]);
                rest = rest[..^(6 * quarter)];
            }
        }

        LaneButterflies.Gather(re[..Length], im[..Length], Quarter, turns[..(6 * Quarter)]);
    }
}
