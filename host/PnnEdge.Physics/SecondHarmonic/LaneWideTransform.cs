using System.Numerics;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>
/// As <see cref="LaneTransform"/>, of 1024 complex numbers per lane, radix 4 five times, in two parts: one pass leaves four quarters
/// that know nothing of each other, and each is transformed for itself.
/// </summary>
/// <remarks>
/// The nearest cache holds a quarter of two fields and not the whole of one: whatever is done to each value for itself is best done
/// to a quarter between its transform there and back.
/// </remarks>
internal static class LaneWideTransform
{
    public const int Length = 1024;

    public const int Quarter = Length / 4;

    private const int SmallestQuarter = 1;

    private static readonly float[] FirstTurns = LaneButterflies.Turns(Quarter, Quarter);

    private static readonly float[] Turns = LaneButterflies.Turns(Quarter / 4, SmallestQuarter);

    /// <param name="re">[<see cref="Length"/>]</param>
    public static void Split(Span<Vector<float>> re, Span<Vector<float>> im) => LaneButterflies.Spread(re, im, Quarter, FirstTurns);

    /// <param name="re">[<see cref="Quarter"/>]; left in an order of its own, which <see cref="Inverse"/> takes.</param>
    public static void Forward(Span<Vector<float>> re, Span<Vector<float>> im)
    {
        ReadOnlySpan<float> turns = Turns;
        for (int quarter = Quarter / 4; quarter >= SmallestQuarter; quarter /= 4)
        {
            LaneButterflies.Spread(re, im, quarter, turns[..(6 * quarter)]);
            turns = turns[(6 * quarter)..];
        }
    }

    /// <param name="re">[<see cref="Quarter"/>]</param>
    public static void Inverse(Span<Vector<float>> re, Span<Vector<float>> im)
    {
        ReadOnlySpan<float> turns = Turns;
        for (int quarter = SmallestQuarter; quarter < Quarter; quarter *= 4)
        {
            LaneButterflies.Gather(re, im, quarter, turns[^(6 * quarter)..]);
            turns = turns[..^(6 * quarter)];
        }
    }

    /// <param name="re">[<see cref="Length"/>]</param>
    public static void Join(Span<Vector<float>> re, Span<Vector<float>> im) => LaneButterflies.Gather(re, im, Quarter, FirstTurns);
}
