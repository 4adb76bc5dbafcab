using PnnEdge.Wire.Frames;

namespace PnnEdge.Link.Session;

/// <summary>What was not believed, by reason.</summary>
public sealed class RefusalCount
{
    private readonly long[] _byReason = new long[RefusalReasons.Count];

    public long this[RefusalReason reason] => Interlocked.Read(ref _byReason[(int)reason]);

    public long Total
    {
        get
        {
            long total = 0;
            for (int i = 1; i < _byReason.Length; i++)
            {
                total += Interlocked.Read(ref _byReason[i]);
            }

            return total;
        }
    }

    internal void Add(RefusalReason reason) => Interlocked.Increment(ref _byReason[(int)reason]);
}
