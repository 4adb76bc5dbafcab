using PnnEdge.Firmware.Core.Tests.Support;
using PnnEdge.Firmware.Esp32.Connection;
using PnnEdge.Wire.Host;

namespace PnnEdge.Firmware.Esp32.Tests.Connection;

public class BootIdsTests
{
    private const long Micros = 77;

    /// <summary>Before the first byte of a record, after each of its eight, and once all are there.</summary>
    private const int StepsPerBoot = 10;

    [Fact]
    public void No_boot_has_the_id_of_an_earlier_one()
    {
        TearableStorage flash = new();
        uint[] ids = [.. Enumerable.Range(0, 10_000).Select(_ => Boot(flash))];
        Assert.DoesNotContain(0u, ids);
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    /// <summary>Up to four boots, a power cut at any step of any write, up to three boots more, another such cut, and three boots after it.</summary>
    [Fact]
    public void Wherever_the_power_goes_once_and_again_no_id_comes_twice()
    {
        int pairs = 0;
        for (int first = 0; first < 4 * StepsPerBoot; first++)
        {
            TearableStorage once = new();
            List<uint> used = [];
            BootUntilCut(once, first, used);
            for (int second = 0; second < 3 * StepsPerBoot; second++, pairs++)
            {
                TearableStorage again = new() { Records = new(once.Records) };
                List<uint> ids = [.. used];
                BootUntilCut(again, second, ids);
                for (int boot = 0; boot < 3; boot++) { ids.Add(Boot(again)); }
                Assert.True(ids.Distinct().Count() == ids.Count, $"Cut at steps {first} and {second}: ids {string.Join(' ', ids)}.");
                Assert.DoesNotContain((uint)Micros, ids);
            }
        }

        Assert.Equal(4 * 3 * StepsPerBoot * StepsPerBoot, pairs);
    }

    [Fact]
    public void Where_nothing_can_be_kept_the_id_is_the_time_and_never_0()
    {
        Assert.Equal(77u, Boot(new TearableStorage { WritesFail = true }));
        Assert.Equal(77u, Boot(new TearableStorage { WritesLie = true }));
        Assert.Equal(77u, Boot(new TearableStorage { Hook = _ => throw new IOException("no flash") }));
        Assert.Equal(1u, BootIds.Next(new TearableStorage { WritesFail = true }, new HostCrc32(), 1L << 32));
    }

    [Fact]
    public void Records_that_cannot_be_read_for_once_are_not_taken_for_none()
    {
        TearableStorage flash = new();
        uint[] before = [Boot(flash), Boot(flash), Boot(flash)];
        flash.Hook = call =>
        {
            if (call == "Read") { throw new IOException("bus error"); }
        };
        Assert.Equal(77u, Boot(flash));
        flash.Hook = null;
        Assert.DoesNotContain(Boot(flash), before);
    }

    private static uint Boot(TearableStorage flash) => BootIds.Next(flash, new HostCrc32(), Micros);

    /// <summary>Boots until the power goes at this step of the writes; the ids of the boots that came to use theirs.</summary>
    private static void BootUntilCut(TearableStorage flash, int step, List<uint> used)
    {
        flash.CutAtStep = step;
        for (uint id = Boot(flash); !flash.IsCut; id = Boot(flash)) { used.Add(id); }
        flash.CutAtStep = null;
    }
}
