namespace PnnEdge.Interchange.Tests;

/// <summary>Files with something wrong: a byte spoiled, a piece cut out, doubled or put elsewhere, the end cut off.</summary>
internal static class Damage
{
    /// <returns>Damaged copies, the same at every call.</returns>
    public static IEnumerable<byte[]> Of(byte[] good, int copies, int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < copies; i++)
        {
            int at = random.Next(good.Length), length = random.Next(1, Math.Min(40, good.Length - at + 1));
            byte[] piece = good[at..(at + length)];
            switch (i % 6)
            {
                case 0: yield return Spoiled(good, at, (byte)random.Next(1, 256)); break;
                case 1: yield return Spoiled(Spoiled(good, at, (byte)(1 << random.Next(8))), random.Next(good.Length), (byte)(1 << random.Next(8))); break;
                case 2: yield return good[..at]; break;
                case 3: yield return [.. good[..at], .. good[(at + length)..]]; break;
                case 4: yield return [.. good[..at], .. piece, .. good[at..]]; break;
                default: int to = random.Next(good.Length - length + 1); byte[] moved = [.. good]; piece.CopyTo(moved, to); yield return moved; break;
            }
        }
    }

    private static byte[] Spoiled(byte[] good, int at, byte by)
    {
        byte[] bad = [.. good];
        bad[at] ^= by;
        return bad;
    }
}
