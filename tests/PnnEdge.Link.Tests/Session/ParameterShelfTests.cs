using PnnEdge.Link.Session;

namespace PnnEdge.Link.Tests.Session;

public class ParameterShelfTests
{
    private static float[] Set(float first, int count = 3) => [first, .. Enumerable.Repeat(1f, count - 1)];

    private static ParameterShelf Of(int capacity)
    {
        ParameterShelf shelf = new();
        shelf.Clear(capacity);
        return shelf;
    }

    [Fact]
    public void The_newest_sets_are_found_by_their_volts_bit_by_bit()
    {
        ParameterShelf shelf = Of(2);
        ParameterSet first = shelf.Add(Set(0f)), second = shelf.Add(Set(2f));
        Assert.Equal((1u, 2u), (first.Version, second.Version));
        Assert.Same(first, shelf.Find(Set(0f)));
        Assert.Same(second, shelf.Find(Set(2f)));
        Assert.Null(shelf.Find(Set(-0f)));
        shelf.Add(Set(3f));
        Assert.Null(shelf.Find(Set(0f)));
        Assert.Same(second, shelf.Find(Set(2f)));
    }

    [Fact]
    public void A_set_keeps_its_volts_when_the_caller_s_array_changes_and_when_others_come()
    {
        ParameterShelf shelf = Of(3);
        float[] volts = Set(0f);
        ParameterSet kept = shelf.Add(volts);
        volts[0] = 9f;
        shelf.Add(Set(1f));
        shelf.Add(Set(2f));
        Assert.Equal(Set(0f), kept.Volts);
    }

    [Fact]
    public void A_set_that_makes_room_leaves_its_memory_to_the_next()
    {
        ParameterShelf shelf = Of(2);
        float[] volts = new float[21_321];
        shelf.Add(volts);
        shelf.Add(volts);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int step = 0; step < 100; step++)
        {
            volts[0] = 1 + step;
            Assert.Null(shelf.Find(volts));
            shelf.Add(volts);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100 * 256); // not 100 × 85 KB
        Assert.Equal(102u, shelf.NewestVersion);
        Assert.Equal(100f, shelf.Find(volts)!.Volts[0]);
    }

    [Fact]
    public void After_a_removal_and_after_clearing_the_volts_are_not_found()
    {
        ParameterShelf shelf = Of(2);
        ParameterSet set = shelf.Add(Set(1f));
        shelf.Remove(set);
        Assert.Null(shelf.Find(Set(1f)));
        shelf.Add(Set(1f));
        shelf.Clear(2);
        Assert.Null(shelf.Find(Set(1f)));
        Assert.Equal(3u, shelf.Add(Set(1f)).Version);
    }
}
