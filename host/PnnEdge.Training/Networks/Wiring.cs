using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Coding;

namespace PnnEdge.Training.Networks;

/// <summary>Which input each data slot of a layer carries. Fixed, digital, without weights.</summary>
public static class Wiring
{
    /// <param name="idleSlots">How many of the last slots carry nothing.</param>
    /// <returns>[data slot]: index of the input it carries; every input is carried, none more than once more often than another.</returns>
    public static int[] Sources(int inputs, int dataSlots, int layer, SlotOrder order, ulong seed, int idleSlots = 0)
    {
        int[] source = [.. Enumerable.Range(0, dataSlots - idleSlots).Select(slot => order == SlotOrder.Adjacent ? (int)((long)slot * inputs / (dataSlots - idleSlots)) : slot % inputs)];
        if (order == SlotOrder.Reversed && layer % 2 == 1) { Array.Reverse(source); }
        if (order == SlotOrder.Shuffled) { new SeededRandom(seed, (ulong)layer).Shuffle(source); }
        return [.. source, .. Enumerable.Repeat(DataAffine.Idle, idleSlots)];
    }
}
