using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Tests.Device;

namespace PnnEdge.Wire.Tests.Clauses;

public class EpochClauses
{
    private static HostFrame Rest(uint sequence) => HostFrame.Stimulus(sequence, 2048, 2048, 2048);

    [Fact]
    [Clause("L-1", Accepts)]
    public void A_new_epoch_is_on_storage_before_it_is_granted()
    {
        DeviceBench bench = DeviceBench.Connected();
        int sentWhenWritten = -1;
        bench.Storage.Written = () => sentWhenWritten = bench.Link.Sent.Count;
        int sentBefore = bench.Link.Sent.Count;
        Answer answer = bench.Accept(HostFrame.Arm());
        Assert.Equal(sentBefore, sentWhenWritten);
        Assert.Equal(1u, answer.Epoch);
        Assert.Equal(1u, new DeviceBench(storage: bench.Storage).Loop.Epoch);
    }

    [Fact]
    [Clause("L-1", Refuses)]
    public void An_epoch_that_cannot_be_stored_is_not_granted()
    {
        DeviceBench bench = DeviceBench.Connected();
        bench.Storage.WritesFail = true;
        List<byte[]> answers = bench.Give(HostFrame.Arm());
        Assert.Equal(RefusalReason.Faulted, DeviceBench.ReadReply(answers.Single(f => FrameHeader.Kind(f) == FrameKind.Reply)).Reason);
        Assert.Equal(FaultCode.StorageFailed, FaultReport.Read(answers.Single(f => FrameHeader.Kind(f) == FrameKind.Fault)).Code);
        Assert.Equal((LinkState.Fault, 0u), (bench.Loop.State, bench.Loop.Epoch));
        bench.Refuse(HostFrame.Plan(1), RefusalReason.Faulted);
    }

    [Fact]
    [Clause("L-1", Refuses)]
    public void No_epoch_is_issued_twice_across_boots()
    {
        MemoryStorage storage = new();
        for (uint boot = 1; boot <= 5; boot++)
        {
            DeviceBench bench = DeviceBench.Connected(storage: storage, bootId: boot);
            Assert.Equal((2 * boot) - 1, bench.Accept(HostFrame.Arm()).Epoch);
            Assert.Equal(2 * boot, bench.Accept(HostFrame.Arm()).Epoch);
        }
    }

    [Fact]
    [Clause("L-1", Refuses)]
    public void A_torn_newest_record_falls_back_to_the_one_before_and_never_to_zero()
    {
        MemoryStorage storage = new();
        DeviceBench bench = DeviceBench.Connected(storage: storage);
        bench.Accept(HostFrame.Arm());
        bench.Accept(HostFrame.Arm());
        byte[] newest = storage.Records.Values.MaxBy(r => Bytes.GetUInt32(r, 0))!;
        newest[5] ^= 1;
        Assert.Equal(1u, new DeviceBench(storage: storage).Loop.Epoch);
    }

    [Fact]
    [Clause("L-1", Refuses)]
    public void Without_a_readable_record_nothing_is_issued()
    {
        MemoryStorage storage = new();
        DeviceBench before = DeviceBench.Connected(storage: storage);
        before.Accept(HostFrame.Arm());
        before.Accept(HostFrame.Arm());
        Assert.Equal(2, storage.Records.Count);
        Assert.All(storage.Records.Values, r => r[5] ^= 1);
        DeviceBench after = DeviceBench.Connected(storage: storage);
        Assert.Equal(LinkState.Fault, after.Loop.State);
        Assert.Equal((uint)FaultCode.StorageFailed, after.Refuse(HostFrame.Arm() with { Epoch = 0 }, RefusalReason.Faulted).Detail);
    }

    [Fact]
    [Clause("L-2", Accepts)]
    public void Arm_with_the_newest_epoch_is_granted()
    {
        DeviceBench bench = DeviceBench.Connected();
        Assert.Equal(1u, bench.Accept(HostFrame.Arm() with { Epoch = 0 }).Epoch);
        Assert.Equal(LinkState.Armed, bench.Loop.State);
    }

    [Fact]
    [Clause("L-2", Refuses)]
    public void The_same_arm_again_is_refused_and_told_the_epoch()
    {
        DeviceBench bench = DeviceBench.Connected();
        byte[] arm = HostFrame.Arm().Encode(0, DeviceBench.Boot, (uint)bench.Clock.NowMillis);
        bench.GiveBytes([.. arm]);
        Answer again = DeviceBench.ReadReply(Assert.Single(bench.GiveBytes([.. arm])));
        Assert.Equal((RefusalReason.WrongEpoch, 1u), (again.Reason, again.Detail));
        Assert.Equal(1u, bench.Loop.Epoch);
    }

    [Theory]
    [Clause("L-2", Refuses)]
    [InlineData(0u)]
    [InlineData(2u)]
    [InlineData(uint.MaxValue)]
    public void Arm_and_clear_with_any_other_epoch_are_refused(uint epoch)
    {
        DeviceBench bench = DeviceBench.Connected();
        bench.Accept(HostFrame.Arm());
        bench.Refuse(HostFrame.Arm() with { Epoch = epoch }, RefusalReason.WrongEpoch);
        bench.Health.InterlockClosed = false;
        bench.Step();
        bench.Health.InterlockClosed = true;
        bench.Refuse(HostFrame.Command(CommandCode.ClearFault, text: "interlock closed again") with { Epoch = epoch }, RefusalReason.WrongEpoch);
    }

    [Fact]
    [Clause("L-4", Accepts)]
    public void The_holder_arms_again_under_a_new_epoch()
    {
        DeviceBench bench = DeviceBench.Ready();
        Assert.Equal(2u, bench.Accept(HostFrame.Arm()).Epoch);
        Assert.Equal(LinkState.Armed, bench.Loop.State);
        bench.Accept(HostFrame.Plan(1));
        bench.Accept(HostFrame.Parameters(2, 1, DeviceBench.FirstSet));
        bench.Measure(Rest(1));
    }

    [Fact]
    [Clause("L-4", Refuses)]
    public void A_new_epoch_starts_without_a_plan()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Accept(HostFrame.Arm());
        bench.Refuse(Rest(1), RefusalReason.NoPlan);
    }

    [Fact]
    [Clause("L-4", Refuses)]
    public void A_new_epoch_starts_without_parameters()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Accept(HostFrame.Arm());
        bench.Accept(HostFrame.Plan(1));
        bench.Refuse(Rest(1), RefusalReason.UnknownParameters);
    }

    [Fact]
    [Clause("L-9", Accepts)]
    public void An_infer_request_of_the_newest_epoch_needs_no_lease() =>
        DeviceBench.Connected().Refuse(HostFrame.Infer(1, 1f), RefusalReason.NoProgram);

    [Fact]
    [Clause("L-9", Accepts)]
    public void A_frame_of_the_running_lease_is_obeyed() => DeviceBench.Ready().Measure(Rest(1) with { Epoch = 1 });

    [Theory]
    [Clause("L-9", Refuses)]
    [InlineData(0u)]
    [InlineData(2u)]
    [InlineData(uint.MaxValue)]
    public void A_frame_of_any_other_epoch_is_refused(uint epoch)
    {
        DeviceBench bench = DeviceBench.Ready();
        HostFrame[] frames =
        [
            Rest(1), HostFrame.Plan(3), HostFrame.Parameters(3, 2, DeviceBench.FirstSet), HostFrame.Command(CommandCode.Renew, 3, 1000),
            HostFrame.Command(CommandCode.Disarm, 3), HostFrame.Infer(1, 1f),
        ];
        Assert.All(frames, f => Assert.Equal(1u, bench.Refuse(f with { Epoch = epoch }, RefusalReason.WrongEpoch).Detail));
    }

    [Fact]
    [Clause("L-9", Refuses)]
    public void After_the_holder_armed_again_its_old_frames_are_refused()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Accept(HostFrame.Arm());
        bench.Refuse(Rest(1) with { Epoch = 1 }, RefusalReason.WrongEpoch);
    }
}
