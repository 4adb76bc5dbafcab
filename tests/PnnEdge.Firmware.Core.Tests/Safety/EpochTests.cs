using PnnEdge.Firmware.Core.Tests.Support;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Tests.Safety;

public class EpochTests
{
    private const int StepsPerWrite = 10;

    [Fact]
    public void An_epoch_is_stored_before_it_is_granted()
    {
        Rig rig = new();
        rig.Step();
        int sentWhenWritten = -1;
        rig.Storage.Hook = call => sentWhenWritten = call == "Write" ? rig.Link.SentCount : sentWhenWritten;
        rig.Accept(rig.Arm());
        Assert.Equal(rig.Link.SentCount - 1, sentWhenWritten);
        Assert.Equal(1u, rig.Loop.Epoch);
        Assert.Equal(1u, new Rig(Survivors(rig.Storage)).Loop.Epoch);
    }

    /// <summary>Every prefix of every write of twelve grants and one cleared fault, the power gone at each byte.</summary>
    [Fact]
    public void After_a_power_cut_at_any_step_of_any_write_the_next_epoch_is_greater_than_any_granted()
    {
        int cuts = 0;
        for (int cutAt = 0; ; cutAt++)
        {
            Rig rig = new(new TearableStorage { CutAtStep = cutAt });
            rig.Step();
            uint granted = GrantUntilCut(rig);
            if (rig.Storage.Steps <= cutAt)
            {
                break;
            }

            cuts++;
            Rig rebooted = new(Survivors(rig.Storage), bootId: 0xB008);
            rebooted.Step();
            Assert.InRange(rebooted.Loop.Epoch, granted, granted + 1);
            rebooted.Accept(rebooted.Arm());
            Assert.True(rebooted.Loop.Epoch > granted, $"Cut at step {cutAt}: epoch {rebooted.Loop.Epoch} after {granted} had been granted.");
        }

        Assert.Equal(13 * StepsPerWrite, cuts);
    }

    [Theory]
    [InlineData("fails")]
    [InlineData("lies")]
    [InlineData("throws")]
    public void Storage_that_does_not_keep_an_epoch_ends_in_fault_and_grants_nothing(string how)
    {
        Rig rig = new();
        rig.Step();
        rig.Storage.WritesFail = how == "fails";
        rig.Storage.WritesLie = how == "lies";
        rig.Storage.Hook = how == "throws" ? _ => throw new IOException("flash worn out") : null;
        Assert.Equal(RefusalReason.Faulted, rig.Ask(rig.Arm()).Reason);
        Assert.True(rig.HasTold(FaultCode.StorageFailed));
        Assert.Equal((LinkState.Fault, 0u), (rig.Loop.State, rig.Loop.Epoch));
        Assert.Equal(RefusalReason.Faulted, rig.Ask(rig.Command(CommandCode.ClearFault, text: "again")).Reason);

        rig.Storage.WritesFail = rig.Storage.WritesLie = false;
        rig.Storage.Hook = null;
        rig.Accept(rig.Command(CommandCode.ClearFault, text: "new flash"));
        Assert.Equal(1u, rig.Loop.Epoch);
        rig.Prepare();
    }

    [Fact]
    public void Records_that_cannot_be_read_at_boot_are_not_taken_for_none()
    {
        Rig before = Rig.Ready();
        before.Accept(before.Arm());
        bool broken = true;
        Rig rig = new(Survivors(before.Storage), 0xB008, r => r.Storage.Hook = _ =>
        {
            if (broken)
            {
                throw new IOException("bus error");
            }
        });
        rig.Step();
        Assert.True(rig.HasTold(FaultCode.StorageFailed));
        Assert.Equal(RefusalReason.Faulted, rig.Ask(rig.Command(CommandCode.ClearFault, text: "try")).Reason);
        broken = false;
        rig.Accept(rig.Command(CommandCode.ClearFault, text: "bus repaired"));
        Assert.Equal(3u, rig.Loop.Epoch);
    }

    [Fact]
    public void Two_spoilt_records_are_no_power_cut_and_grant_nothing()
    {
        Rig before = Rig.Ready();
        before.Accept(before.Arm());
        TearableStorage storage = Survivors(before.Storage);
        foreach (byte[] record in storage.Records.Values)
        {
            record[0] ^= 1;
        }

        Rig rig = new(storage);
        rig.Step();
        Assert.True(rig.HasTold(FaultCode.StorageFailed));
        Assert.Equal(RefusalReason.Faulted, rig.Ask(rig.Arm()).Reason);
    }

    [Fact]
    public void The_last_epoch_is_followed_by_none()
    {
        TearableStorage storage = new();
        byte[] record = [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0];
        Bytes.PutUInt32(record, 4, new Wire.Host.HostCrc32().Compute(record, 0, 4));
        storage.Records["epoch-b"] = record;
        Rig rig = new(storage);
        rig.Step();
        Assert.Equal(uint.MaxValue, rig.Loop.Epoch);
        Assert.Equal(RefusalReason.Faulted, rig.Ask(rig.Arm()).Reason);
        Assert.Equal(uint.MaxValue, new Rig(Survivors(rig.Storage)).Loop.Epoch);
    }

    /// <summary>Eleven grants, a fault cleared, one grant more; the newest epoch whose grant was told.</summary>
    private static uint GrantUntilCut(Rig rig)
    {
        uint granted = 0;
        for (int n = 0; n < 13; n++)
        {
            if (n == 11)
            {
                rig.Health.InterlockClosed = false;
                rig.Step();
                rig.Health.InterlockClosed = true;
            }

            byte[] frame = n == 11 ? rig.Command(CommandCode.ClearFault, text: "closed") : rig.Arm();
            foreach (byte[] answer in rig.Give(frame))
            {
                // With the power gone nothing more was sent.
                if (FrameHeader.Kind(answer) == FrameKind.Reply && Rig.Read(answer).Reason == RefusalReason.Accepted)
                {
                    granted = FrameHeader.Epoch(answer);
                }
            }

            if (rig.Storage.CutAtStep < rig.Storage.Steps)
            {
                break;
            }
        }

        return granted;
    }

    private static TearableStorage Survivors(TearableStorage storage) =>
        new() { Records = storage.Records.ToDictionary(r => r.Key, r => (byte[])r.Value.Clone()) };
}
