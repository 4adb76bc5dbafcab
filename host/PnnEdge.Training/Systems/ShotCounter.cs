namespace PnnEdge.Training.Systems;

/// <summary>Logical shot indices one after the other, as a bench counts.</summary>
public sealed class ShotCounter(ulong first)
{
    /// <summary>The next that is not taken.</summary>
    public ulong Next { get; private set; } = first;

    /// <returns>The first of so many, which are then taken.</returns>
    public ulong Take(long shots)
    {
        ulong at = Next;
        Next += (ulong)shots;
        return at;
    }

    /// <summary>Goes on from here by itself.</summary>
    public ShotCounter Fork() => new(Next);
}
