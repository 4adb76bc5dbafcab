using PnnEdge.Firmware.Core.Tests.Support;

namespace PnnEdge.Firmware.Core.Tests.Update;

/// <summary>Power that goes before, within and after every byte that receiving, counting, confirming and falling back write.</summary>
public class UpdatePowerCutTests
{
    [Fact]
    public void Wherever_the_power_goes_while_an_update_is_stored_the_old_or_the_new_firmware_runs() =>
        CutEverywhere(Updated("1"), device => device.Send(SmallPackage.Of("2")), ["1", "2"]);

    [Fact]
    public void The_first_update_of_all_runs_whole_or_the_factory_s_firmware_does() =>
        CutEverywhere(SmallProgram.WithKey(), device => device.Send(SmallPackage.Of("1")), [UpdateRig.FactoryVersion, "1"]);

    [Fact]
    public void Wherever_the_power_goes_while_an_update_is_counted_and_confirms_itself_it_still_runs() =>
        CutEverywhere(Stored("1", "2"), device => device.ProveItself(), ["2"]);

    [Fact]
    public void Wherever_the_power_goes_while_a_start_is_counted_something_whole_runs_and_the_count_never_falls()
    {
        TearableStorage before = Stored("1", "2");
        int steps = StepsOf(before, storage => UpdateRig.Start(storage));
        Assert.True(steps > 16, $"{steps} steps are no count of starts.");
        for (int cut = 0; cut < steps; cut++)
        {
            TearableStorage storage = Copy(before);
            Cut(storage, cut, () => UpdateRig.Start(storage));
            int left = StartsUntilItIsGivenUp(storage);
            Assert.True(left is 2 or 3, $"After a cut at step {cut} of the first count the update was started {left} times more.");
        }
    }

    [Fact]
    public void An_update_that_never_confirms_falls_back_through_any_number_of_power_cuts()
    {
        TearableStorage before = Stored("1", "2");
        for (int cut = 0; cut < 60; cut++)
        {
            TearableStorage storage = Copy(before);
            HashSet<string> ran = [];
            for (int start = 0; start < 12; start++)
            {
                // Every second start loses its power while it is counted.
                if (start % 2 == 0) { Cut(storage, cut, () => UpdateRig.Start(storage)); }
                ran.Add(UpdateRig.Start(storage).Version);
            }

            Assert.Equal("1", UpdateRig.Start(storage).Version);
            Assert.Subset(new HashSet<string> { "1", "2" }, ran);
        }
    }

    [Fact]
    public void After_any_cut_the_next_update_can_be_stored_confirmed_and_outlives_a_restart()
    {
        TearableStorage before = Updated("1");
        int steps = StepsOf(before, storage => UpdateRig.Start(storage).Send(SmallPackage.Of("2")));
        for (int cut = 0; cut < steps; cut += 7)
        {
            TearableStorage storage = Copy(before);
            Cut(storage, cut, () => UpdateRig.Start(storage).Send(SmallPackage.Of("2")));
            UpdateRig now = UpdateRig.Start(storage);
            now.ProveItself();
            now.Send(SmallPackage.Of("3"));
            UpdateRig next = UpdateRig.Start(storage);
            next.ProveItself();
            Assert.Equal(("3", true), (UpdateRig.Start(storage).Version, next.Boot.IsConfirmed));
        }
    }

    [Fact]
    public void Storage_that_does_not_keep_the_count_starts_no_update_on_trial()
    {
        TearableStorage storage = Stored("1", "2");
        storage.WritesFail = true;
        Assert.Equal("1", UpdateRig.Start(storage).Version);
    }

    /// <summary>Runs <paramref name="act"/> with the power going at every step, and starts the device again after each.</summary>
    private static void CutEverywhere(TearableStorage before, Action<UpdateRig> act, string[] mayRun)
    {
        HashSet<string> ran = [];
        int steps = StepsOf(before, storage => act(UpdateRig.Start(storage)));
        Assert.True(steps > 40, $"{steps} steps are no byte by byte.");
        for (int cut = 0; cut < steps; cut++)
        {
            TearableStorage storage = Copy(before);
            Cut(storage, cut, () => act(UpdateRig.Start(storage)));
            string version = UpdateRig.Start(storage).Version;
            Assert.True(mayRun.Contains(version), $"After a cut at step {cut} version {version} runs.");
            ran.Add(version);
        }

        Assert.Equal(mayRun.Order(), ran.Order());
    }

    private static int StartsUntilItIsGivenUp(TearableStorage storage)
    {
        int starts = 0;
        while (UpdateRig.Start(storage).Version == "2") { starts++; }
        return starts;
    }

    /// <summary>A device that runs this version, confirmed.</summary>
    private static TearableStorage Updated(string version)
    {
        TearableStorage storage = SmallProgram.WithKey();
        UpdateRig.Start(storage).Send(SmallPackage.Of(version));
        UpdateRig.Start(storage).ProveItself();
        return storage;
    }

    /// <summary>A device that ran one version and has another for its next start.</summary>
    private static TearableStorage Stored(string runs, string next)
    {
        TearableStorage storage = Updated(runs);
        UpdateRig.Start(storage).Send(SmallPackage.Of(next));
        return storage;
    }

    private static TearableStorage Copy(TearableStorage storage) => new() { Records = new(storage.Records) };

    private static int StepsOf(TearableStorage before, Action<TearableStorage> act)
    {
        TearableStorage storage = Copy(before);
        act(storage);
        return storage.Steps;
    }

    /// <summary>A loop that meets the cut goes to Fault with it; a loader passes it on. Both end here.</summary>
    private static void Cut(TearableStorage storage, int step, Action act)
    {
        storage.CutAtStep = storage.Steps + step;
        try
        {
            act();
        }
        catch (Exception) when (storage.IsCut)
        {
            // What an act expected to follow did not: the power was gone.
        }

        storage.CutAtStep = null;
    }
}
