using PnnEdge.Firmware.Core.Storage;
using PnnEdge.Firmware.Core.Tests.Support;
using PnnEdge.Firmware.Core.Update;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Tests.Update;

/// <summary>From a package that has come to the firmware that runs for good, or does not.</summary>
public class BootTests
{
    [Fact]
    public void An_update_starts_after_the_lease_is_given_back_and_not_before()
    {
        UpdateRig device = UpdateRig.Start(SmallProgram.WithKey());
        device.Rig.Accept(device.Rig.Arm(leaseMillis: 2000));
        byte[] package = SmallPackage.Of("1");
        device.Rig.Accept(device.Rig.Piece(ProgramCargo.Firmware, package, 0, package.Length));
        device.Rig.Step(400);
        device.Rig.Step(400);
        Assert.Equal((LinkState.Armed, 0), (device.Rig.Loop.State, device.Restarts));
        device.Rig.Accept(device.Rig.Command(CommandCode.Disarm));
        device.Pass(1200);
        Assert.Equal((LinkState.Idle, 1), (device.Rig.Loop.State, device.Restarts));
    }

    [Fact]
    public void A_device_in_fault_does_not_start_an_update_by_itself()
    {
        UpdateRig device = UpdateRig.Start(SmallProgram.WithKey());
        device.Send(SmallPackage.Of("1"));
        device.Rig.Health.InterlockClosed = false;
        device.Pass(5000);
        Assert.Equal((LinkState.Fault, 0), (device.Rig.Loop.State, device.Restarts));
    }

    [Fact]
    public void Three_starts_without_confirmation_and_the_one_before_runs_again_for_good()
    {
        TearableStorage storage = Updated(SmallProgram.WithKey(), "1");
        UpdateRig.Start(storage).Send(SmallPackage.Of("2"));
        Assert.Equal(["2", "2", "2", "1", "1"], Enumerable.Range(0, 5).Select(_ => UpdateRig.Start(storage).Version));
        UpdateRig after = UpdateRig.Start(storage);
        Assert.Equal((BootState.SlotA, true), (after.Boot.State, after.Boot.HasGivenUp));
    }

    [Fact]
    public void Without_one_before_the_factory_s_firmware_runs_in_safe_mode_says_so_and_takes_an_update()
    {
        TearableStorage storage = SmallProgram.WithKey();
        UpdateRig.Start(storage).Send(SmallPackage.Of("1"));
        Assert.Equal(["1", "1", "1", UpdateRig.FactoryVersion], Enumerable.Range(0, 4).Select(_ => UpdateRig.Start(storage).Version));
        UpdateRig safe = UpdateRig.Start(storage);
        BirthCertificate hello = BirthCertificate.Read(safe.Rig.Link.Sent.First(f => FrameHeader.Kind(f) == FrameKind.Hello));
        Assert.Equal((BootState.SafeMode, BootState.SafeMode), (safe.Boot.State, hello.Boot));
        Assert.True(safe.Rig.Converters.OutputsAreSafe);
        Assert.Equal(RefusalReason.Accepted, safe.Send(SmallPackage.Of("2")).Reason);
        Assert.Equal(("2", BootState.TrialA), (UpdateRig.Start(storage).Version, UpdateRig.Start(storage).Boot.State));
    }

    [Fact]
    public void Thirty_seconds_connected_and_without_fault_confirm_and_less_does_not()
    {
        TearableStorage storage = SmallProgram.WithKey();
        UpdateRig.Start(storage).Send(SmallPackage.Of("1"));
        UpdateRig device = UpdateRig.Start(storage);
        device.Pass(BootTrial.HealthyMillis - 1000);
        Assert.Equal(BootState.TrialA, device.Boot.State);
        device.Rig.Link.Connected = false;
        device.Pass(1000);
        device.Rig.Link.Connected = true;
        device.Pass(BootTrial.HealthyMillis - 1000);
        Assert.Equal(BootState.TrialA, device.Boot.State);
        Assert.Contains("\"bootSlot\":\"a\",\"confirmed\":false", device.Rig.Link.Published.FindLast(p => p.Leaf == Topics.StatusLeaf).Text, StringComparison.Ordinal);
        device.Pass(2000);
        Assert.Equal(BootState.SlotA, device.Boot.State);
        Assert.Contains("\"bootSlot\":\"a\",\"confirmed\":true", device.Rig.Link.Published.FindLast(p => p.Leaf == Topics.StatusLeaf).Text, StringComparison.Ordinal);
        Assert.All(Enumerable.Range(0, 5), _ => Assert.Equal(("1", BootState.SlotA), (UpdateRig.Start(storage).Version, UpdateRig.Start(storage).Boot.State)));
    }

    [Fact]
    public void A_fault_keeps_an_update_from_confirming_and_after_ten_minutes_it_is_started_once_more()
    {
        TearableStorage storage = SmallProgram.WithKey();
        UpdateRig.Start(storage).Send(SmallPackage.Of("1"));
        UpdateRig device = UpdateRig.Start(storage);
        device.Rig.Health.InterlockClosed = false;
        device.Pass(BootTrial.LongestMillis - 2000);
        Assert.Equal((BootState.TrialA, 0), (device.Boot.State, device.Restarts));
        device.Pass(4000);
        Assert.Equal((BootState.TrialA, 1), (device.Boot.State, device.Restarts));
    }

    [Fact]
    public void Half_a_package_goes_on_under_the_next_lease_and_what_came_before_need_not_come_again()
    {
        TearableStorage storage = SmallProgram.WithKey();
        UpdateRig device = UpdateRig.Start(storage);
        byte[] package = SmallPackage.Of("1");
        device.Rig.Accept(device.Rig.Arm());
        device.Rig.Accept(device.Rig.Piece(ProgramCargo.Firmware, package, 0, 40));
        device.Rig.Link.Connected = false;
        device.Rig.Step();
        device.Rig.Link.Connected = true;
        device.Rig.Step();
        device.Rig.Accept(device.Rig.Arm());
        Assert.Equal(40u, device.Rig.Accept(device.Rig.Piece(ProgramCargo.Firmware, package, 0, 20)).ValueSet);
        device.Rig.Accept(device.Rig.Piece(ProgramCargo.Firmware, package, 40, package.Length - 40));
        Assert.Equal("1", UpdateRig.Start(storage).Version);
    }

    [Fact]
    public void A_package_without_room_in_memory_is_refused_and_one_on_trial_keeps_its_way_back()
    {
        UpdateRig device = UpdateRig.Start(SmallProgram.WithKey());
        device.Rig.Board.UpdateBytes = int.MaxValue; // an array that long does not exist
        Answer full = device.Send(SmallPackage.Of("1"));
        Assert.Equal((RefusalReason.ProgramRefused, ProgramFlaw.Memory), (full.Reason, (ProgramFlaw)full.Detail));

        TearableStorage storage = SmallProgram.WithKey();
        UpdateRig.Start(storage).Send(SmallPackage.Of("1"));
        Answer onTrial = UpdateRig.Start(storage).Send(SmallPackage.Of("2"));
        Assert.Equal((RefusalReason.ProgramRefused, ProgramFlaw.OnTrial), (onTrial.Reason, (ProgramFlaw)onTrial.Detail));
    }

    [Fact]
    public void A_key_that_was_replaced_no_longer_vouches_for_a_package_that_is_stored()
    {
        TearableStorage storage = Updated(SmallProgram.WithKey(), "1");
        Assert.True(DeviceKey.Provision(storage, new Wire.Host.HostCrc32(), [.. SmallProgram.Key.Reverse()]));
        Assert.Equal((UpdateRig.FactoryVersion, BootState.Factory), (UpdateRig.Start(storage).Version, UpdateRig.Start(storage).Boot.State));
    }

    [Fact]
    public void Another_flash_puts_updates_from_before_it_aside_and_takes_new_ones()
    {
        TearableStorage storage = Updated(SmallProgram.WithKey(), "1");
        UpdateRig.Start(storage).Send(SmallPackage.Of("2"));
        UpdateRig flashed = UpdateRig.Start(storage, "factory 2");
        Assert.Equal(("factory 2", BootState.Factory), (flashed.Version, flashed.Boot.State));
        flashed.Send(SmallPackage.Of("3"));
        UpdateRig.Start(storage, "factory 2").ProveItself();
        Assert.Equal(("3", true), (UpdateRig.Start(storage, "factory 2").Version, UpdateRig.Start(storage, "factory 2").Boot.IsConfirmed));
    }

    [Fact]
    public void Confirmed_firmware_that_can_no_longer_be_loaded_is_on_trial_again()
    {
        TearableStorage storage = Updated(SmallProgram.WithKey(), "1");
        List<string> ran = [];
        for (int start = 0; start < 4; start++)
        {
            UpdateRig device = UpdateRig.Start(storage);
            ran.Add(device.Version);
            device.Doubt();
        }

        Assert.Equal(["1", "1", "1", UpdateRig.FactoryVersion], ran);
    }

    private static TearableStorage Updated(TearableStorage storage, string version)
    {
        UpdateRig.Start(storage).Send(SmallPackage.Of(version));
        UpdateRig.Start(storage).ProveItself();
        return storage;
    }
}
