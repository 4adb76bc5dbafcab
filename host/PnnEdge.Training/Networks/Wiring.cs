using PnnEdge.Numerics.Chance;

namespace PnnEdge.Training.Networks;

/// <summary>Which input each data slot of a layer carries. Fixed, digital, without weights.</summary>
public static class Wiring
{
    /// <returns>[data slot]: index of the input it carries; every input is carried, none more than once more often than another.</returns>
    public static int[] Sources(int inputs, int dataSlots, int layer, SlotOrder order, ulong seed)
    {
        int[] source = [.. Enumerable.Range(0, dataSlots).Select(slot => slot % inputs)];
        if (order == SlotOrder.Reversed && layer % 2 == 1) { Array.Reverse(source); }
        if (order == SlotOrder.Shuffled) { new SeededRandom(seed, (ulong)layer).Shuffle(source); }
        return source;
    }
}
