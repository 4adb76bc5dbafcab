using PnnEdge.Numerics.Chance;

namespace PnnEdge.Training.Data;

public static class Splitting
{
    /// <summary>Splits off a share of every class, at least one sample of each that has two.</summary>
    /// <param name="share">Of each class that goes to the second set, 0 to 1.</param>
    /// <param name="limit">At most this many samples in the first set, still balanced as drawn; 0 for all.</param>
    public static (Dataset First, Dataset Second) Stratified(Dataset data, double share, ulong seed, string firstName, string secondName, int limit = 0)
    {
        if (!(share > 0 && share < 1)) { throw new ArgumentOutOfRangeException(nameof(share), $"Asked for a share of {share}; it lies between 0 and 1."); }
        var random = new SeededRandom(seed, stream: 0x5B1);
        var first = new List<int>();
        var second = new List<int>();
        for (int c = 0; c < data.Classes; c++)
        {
            int[] members = [.. Enumerable.Range(0, data.Count).Where(i => data.Labels[i] == c)];
            random.Shuffle(members);
            int split = members.Length < 2 ? 0 : Math.Clamp((int)Math.Round(share * members.Length), 1, members.Length - 1);
            second.AddRange(members[..split]);
            first.AddRange(members[split..]);
        }

        // Sorted, so that a limit (which cuts a shuffled list) is the only thing that depends on the order here.
        int[] kept = [.. first.Order()];
        if (limit > 0 && limit < kept.Length)
        {
            random.Shuffle(kept);
            kept = [.. kept[..limit].Order()];
        }

        return (data.Take(firstName, kept), data.Take(secondName, [.. second.Order()]));
    }
}
