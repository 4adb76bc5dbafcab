using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Tests.Device;

namespace PnnEdge.Wire.Tests.Clauses;

public class LeaseClauses
{
    private const uint OtherHolder = 0xB0B;

    private static HostFrame Rest(uint sequence) => HostFrame.Stimulus(sequence, 2048, 2048, 2048);

    [Fact]
    [Clause("L-3", Accepts)]
    public void A_lease_that_has_ended_is_free_for_another_holder()
    {
        DeviceBench bench = DeviceBench.Connected();
        bench.Accept(HostFrame.Arm());
        bench.Step(1000);
        bench.Accept(HostFrame.Arm(holder: OtherHolder));
    }

    [Fact]
    [Clause("L-3", Refuses)]
    public void A_running_lease_is_not_free_and_its_rest_is_told()
    {
        DeviceBench bench = DeviceBench.Connected();
        bench.Accept(HostFrame.Arm());
        bench.Step(400);
        Assert.Equal(600u, bench.Refuse(HostFrame.Arm(holder: OtherHolder), RefusalReason.LeaseHeld).Detail);
        Assert.Equal(1u, bench.Loop.Epoch);
    }

    [Fact]
    [Clause("L-3", Refuses)]
    public void In_its_last_millisecond_a_lease_is_still_held()
    {
        DeviceBench bench = DeviceBench.Connected();
        bench.Accept(HostFrame.Arm());
        bench.Step(999);
        Assert.Equal(1u, bench.Refuse(HostFrame.Arm(holder: OtherHolder), RefusalReason.LeaseHeld).Detail);
    }

    [Theory]
    [Clause("L-5", Accepts)]
    [InlineData(400u)]
    [InlineData(1234u)]
    [InlineData(2000u)]
    public void A_lease_within_the_devices_bounds_is_granted_as_asked(uint millis)
    {
        DeviceBench bench = DeviceBench.Connected();
        Assert.Equal(millis, bench.Accept(HostFrame.Arm(millis)).ValueSet);
        bench.Step((int)millis - 1);
        Assert.Equal(LinkState.Armed, bench.Loop.State);
        bench.Step(1);
        Assert.Equal(LinkState.Idle, bench.Loop.State);
    }

    [Theory]
    [Clause("L-5", Refuses)]
    [InlineData(2001u, 2000u)]
    [InlineData(uint.MaxValue, 2000u)]
    [InlineData(399u, 400u)]
    [InlineData(0u, 400u)]
    public void A_lease_beyond_them_is_granted_at_the_bound_and_the_reply_says_so(uint asked, uint granted)
    {
        DeviceBench bench = DeviceBench.Connected();
        Assert.Equal(granted, bench.Accept(HostFrame.Arm(asked)).ValueSet);
        Assert.Equal(granted, bench.Accept(HostFrame.Command(CommandCode.Renew, 1, asked)).ValueSet);
        bench.Step((int)granted);
        Assert.Equal(LinkState.Idle, bench.Loop.State);
    }

    [Fact]
    [Clause("L-6", Accepts)]
    public void Stimuli_plans_parameters_and_renew_keep_a_lease_alive()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Step(900);
        bench.Measure(Rest(1));
        bench.Step(900);
        bench.Accept(HostFrame.Parameters(3, 2, DeviceBench.FirstSet));
        bench.Step(900);
        bench.Accept(HostFrame.Plan(4));
        bench.Step(900);
        Assert.Equal(2000u, bench.Accept(HostFrame.Command(CommandCode.Renew, 5, 2000)).ValueSet);
        bench.Step(1900);
        Assert.Equal(LinkState.Armed, bench.Loop.State);
    }

    [Fact]
    [Clause("L-6", Refuses)]
    public void A_refused_stimulus_keeps_nothing_alive()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Step(900);
        bench.Refuse(HostFrame.Stimulus(1, 0, 0, 0), RefusalReason.OutOfRange);
        bench.Step(100);
        Assert.Equal(LinkState.Idle, bench.Loop.State);
    }

    [Fact]
    [Clause("L-6", Refuses)]
    public void Repeats_of_a_dead_hosts_frames_keep_nothing_alive()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Measure(Rest(1));
        for (int i = 0; i < 9; i++)
        {
            bench.Step(100);
            bench.Measure(Rest(1));
            bench.Accept(HostFrame.Parameters(2, 1, DeviceBench.FirstSet));
        }

        Assert.Equal((LinkState.Armed, 9u), (bench.Loop.State, bench.Loop.Counters.RepeatsAnswered));
        bench.Step(100);
        Assert.Equal(LinkState.Idle, bench.Loop.State);
        Assert.True(bench.Converters.OutputsAreSafe);
    }

    [Fact]
    [Clause("L-6", Refuses)]
    public void Identify_and_infer_requests_keep_nothing_alive()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Step(900);
        bench.Give(HostFrame.Command(CommandCode.Identify));
        bench.Give(HostFrame.Infer(1, 0.5f));
        bench.Step(100);
        Assert.Equal(LinkState.Idle, bench.Loop.State);
    }

    [Fact]
    [Clause("L-7", Accepts)]
    public void A_lapse_makes_the_outputs_safe_and_the_holder_arms_again_by_itself()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Measure(Rest(1));
        Assert.False(bench.Converters.OutputsAreSafe);
        bench.Step(1000);
        Assert.True(bench.Converters.OutputsAreSafe);
        Assert.Equal(LinkState.Idle, bench.Loop.State);
        Assert.Equal(2u, bench.Accept(HostFrame.Arm()).Epoch);
    }

    [Fact]
    [Clause("L-7", Refuses)]
    public void After_a_lapse_a_stimulus_is_refused() => LapsedRefuses(Rest(1));

    [Fact]
    [Clause("L-7", Refuses)]
    public void After_a_lapse_renew_comes_too_late() => LapsedRefuses(HostFrame.Command(CommandCode.Renew, 3, 1000));

    [Fact]
    [Clause("L-7", Refuses)]
    public void A_frame_that_waited_in_the_inbox_past_the_lease_is_refused()
    {
        DeviceBench bench = DeviceBench.Ready();
        byte[] stimulus = (Rest(1) with { Deadline = 10000 }).Encode(bench.Loop.Epoch, DeviceBench.Boot, 0);
        bench.Clock.NowMillis += 1500;
        Answer answer = DeviceBench.ReadReply(Assert.Single(bench.GiveBytes(stimulus)));
        Assert.Equal(RefusalReason.NotArmed, answer.Reason);
        Assert.Empty(bench.Converters.Played);
    }

    [Fact]
    [Clause("L-8", Accepts)]
    public void Disarm_makes_the_outputs_safe_and_frees_the_lease()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Measure(Rest(1));
        Answer answer = bench.Accept(HostFrame.Command(CommandCode.Disarm, 3));
        Assert.True(bench.Converters.OutputsAreSafe);
        Assert.Equal(LinkState.Idle, answer.State);
        bench.Accept(HostFrame.Arm(holder: OtherHolder));
    }

    [Fact]
    [Clause("L-8", Refuses)]
    public void After_disarm_a_stimulus_is_refused() => DisarmedRefuses(Rest(2));

    [Fact]
    [Clause("L-8", Refuses)]
    public void After_disarm_a_plan_is_refused() => DisarmedRefuses(HostFrame.Plan(4));

    [Fact]
    [Clause("L-8", Refuses)]
    [Clause("S-4", Refuses)]
    public void A_disarm_that_comes_again_is_refused_for_want_of_a_lease()
    {
        DeviceBench bench = DeviceBench.Ready();
        HostFrame disarm = HostFrame.Command(CommandCode.Disarm, 3);
        bench.Accept(disarm);
        Answer again = bench.Refuse(disarm, RefusalReason.NotArmed);
        Assert.Equal((LinkState.Idle, 0u), (again.State, again.Detail));
        Assert.True(bench.Converters.OutputsAreSafe);
    }

    [Fact]
    [Clause("L-8", Refuses)]
    public void A_disarm_that_comes_again_does_not_end_the_next_lease()
    {
        DeviceBench bench = DeviceBench.Ready();
        HostFrame disarm = HostFrame.Command(CommandCode.Disarm, 3) with { Epoch = 1 };
        bench.Accept(disarm);
        bench.Accept(HostFrame.Arm());
        bench.Refuse(disarm, RefusalReason.WrongEpoch);
        Assert.Equal(LinkState.Armed, bench.Loop.State);
    }

    [Fact]
    [Clause("L-10", Accepts)]
    public void The_holder_renews_and_disarms()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Accept(HostFrame.Command(CommandCode.Renew, 3, 1000));
        bench.Accept(HostFrame.Command(CommandCode.Disarm, 4));
    }

    [Theory]
    [Clause("L-10", Refuses)]
    [InlineData(CommandCode.Renew)]
    [InlineData(CommandCode.Disarm)]
    public void Nobody_else_renews_or_disarms(CommandCode code)
    {
        DeviceBench bench = DeviceBench.Ready();
        Assert.Equal(1000u, bench.Refuse(HostFrame.Command(code, 3, 1000, holder: OtherHolder), RefusalReason.LeaseHeld).Detail);
        Assert.Equal(LinkState.Armed, bench.Loop.State);
    }

    private static void LapsedRefuses(HostFrame frame)
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Step(1000);
        bench.Refuse(frame, RefusalReason.NotArmed);
        Assert.Empty(bench.Converters.Played);
    }

    private static void DisarmedRefuses(HostFrame frame)
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Measure(Rest(1));
        bench.Accept(HostFrame.Command(CommandCode.Disarm, 3));
        bench.Refuse(frame, RefusalReason.NotArmed);
    }
}
