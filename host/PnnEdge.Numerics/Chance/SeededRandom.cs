using System.Numerics;

namespace PnnEdge.Numerics.Chance;

/// <summary>xoshiro256** (Blackman and Vigna, 2018) seeded by SplitMix64: the same numbers on every platform and runtime.</summary>
public sealed class SeededRandom
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <param name="seed">The experiment's seed.</param>
    /// <param name="stream">What the numbers are for; different streams of one seed are independent.</param>
    public SeededRandom(ulong seed, ulong stream = 0)
    {
        // Mixing the seed before adding the stream keeps (seed, stream + 1) away from (seed + 1, stream).
        ulong state = SplitMix(ref seed) + (stream * 0x9E3779B97F4A7C15UL);
        (_s0, _s1, _s2, _s3) = (SplitMix(ref state), SplitMix(ref state), SplitMix(ref state), SplitMix(ref state));
    }

    private SeededRandom(ulong s0, ulong s1, ulong s2, ulong s3) => (_s0, _s1, _s2, _s3) = (s0, s1, s2, s3);

    /// <summary>The generator at an explicit state, as the published test vectors give it; all four zero is not a state.</summary>
    public static SeededRandom FromState(ulong s0, ulong s1, ulong s2, ulong s3) =>
        (s0 | s1 | s2 | s3) != 0 ? new(s0, s1, s2, s3) : throw new ArgumentException("A state of four zeros never leaves zero.");

    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, 1), a multiple of 2⁻²⁴: a float made from a double could round up to 1.</summary>
    public float NextSingle() => (NextUInt64() >> 40) * (1f / (1 << 24));

    /// <summary>Uniform in 0 … <paramref name="limit"/> − 1, without bias (Lemire's multiplication with rejection).</summary>
    public int NextInt32(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        ulong threshold = unchecked(0UL - (ulong)limit) % (ulong)limit;
        while (true)
        {
            ulong high = Math.BigMul(NextUInt64(), (ulong)limit, out ulong low);
            if (low >= threshold) { return (int)high; }
        }
    }

    /// <summary>Standard normal: the inverse distribution at a uniform number inside (0, 1).</summary>
    public double NextNormal() => NormalQuantile.At(((NextUInt64() >> 11) + 0.5) * (1.0 / (1UL << 53)));

    /// <summary>Fisher and Yates.</summary>
    public void Shuffle(Span<int> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = NextInt32(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    private static ulong SplitMix(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
