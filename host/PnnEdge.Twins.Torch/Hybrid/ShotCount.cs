namespace PnnEdge.Twins.Torch.Hybrid;

/// <summary>Numbers the shots of one physical system in the order they are played; layers that share the system share this.</summary>
/// <remarks>Simulated noise and drift depend on the number (<see cref="PnnEdge.Training.Systems.ShotIndex"/>): two layers with counts of their own would meet the same noise twice.</remarks>
/// <param name="first">Logical index of the first shot, such as <c>ShotIndex.First(seed)</c>.</param>
public sealed class ShotCount(ulong first)
{
    /// <summary>Logical index of the next shot; part of a checkpoint.</summary>
    public ulong Next { get; set; } = first;

    /// <returns>The first of so many new ones.</returns>
    public ulong Take(int shots)
    {
        ulong taken = Next;
        Next += (ulong)shots;
        return taken;
    }
}
