using PnnEdge.Firmware.Core.Tests.Support;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Tests.Safety;

public class LeaseTests
{
    private const int LeaseMillis = 1000;
    private const int LoopWaitMillis = Firmware.Core.Loop.DeviceThreads.LoopWaitMillis;

    [Fact]
    public void Outputs_are_safe_within_the_lease_and_one_wait_of_the_loop()
    {
        Rig rig = Rig.Ready();
        rig.Measure(rig.Stimulus(1, Rig.Ramp()));
        Assert.False(rig.Converters.OutputsAreSafe);
        int late = 0;
        while (!rig.Converters.OutputsAreSafe)
        {
            rig.Step(LoopWaitMillis);
            late += LoopWaitMillis;
            Assert.InRange(late, 0, LeaseMillis + LoopWaitMillis);
        }

        Assert.InRange(late, LeaseMillis, LeaseMillis + LoopWaitMillis);
        Assert.Equal(LinkState.Idle, rig.Loop.State);
        Assert.Equal(RefusalReason.NotArmed, rig.Ask(rig.Stimulus(2, Rig.Ramp())).Reason);
    }

    [Fact]
    public void Frames_that_are_refused_do_not_extend_the_lease()
    {
        Rig rig = Rig.Ready();
        byte[][] refused =
        [
            rig.Stimulus(0, Rig.Ramp()),
            Rig.Reseal(rig.Stimulus(1, Rig.Ramp()), f => FrameHeader.Write(f, FrameKind.Stimulus, rig.Loop.Epoch + 1, Rig.RunId, 1, rig.Loop.BootId, (uint)rig.Clock.Millis() + 2000)),
            rig.Stimulus(2, [4000, 4000, 4000, 4000]),
            rig.Command(CommandCode.Renew, 2000, holder: Rig.Holder + 1),
            rig.Arm(2000, Rig.Holder + 1),
            [1, 2, 3],
        ];
        int late = 0;
        while (!rig.Converters.OutputsAreSafe || rig.Loop.State == LinkState.Armed)
        {
            byte[] frame = Rig.Reseal(Padded(refused[late % refused.Length]), f => Bytes.PutUInt32(f, FrameHeader.DeviceMillisAt, (uint)rig.Clock.Millis() + 500));
            rig.Link.Inbox.Enqueue(late % refused.Length == 5 ? refused[5] : frame);
            rig.Step(1);
            late++;
            Assert.InRange(late, 0, LeaseMillis);
        }

        Assert.Equal(LeaseMillis, late);
        Assert.Equal(0, rig.Converters.Blocks);
    }

    [Fact]
    public void Stimuli_of_the_holder_extend_the_lease_by_its_length()
    {
        Rig rig = Rig.Ready();
        for (uint n = 1; n <= 10; n++)
        {
            rig.Clock.Advance(LeaseMillis - 1);
            rig.Measure(rig.Stimulus(n, Rig.Ramp()));
        }

        rig.Step(LeaseMillis - 1);
        Assert.Equal(LinkState.Armed, rig.Loop.State);
        rig.Step(1);
        Assert.Equal(LinkState.Idle, rig.Loop.State);
    }

    [Fact]
    public void A_second_holder_waits_until_the_lease_has_lapsed()
    {
        Rig rig = Rig.Ready();
        rig.Clock.Advance(400);
        Answer refused = rig.Ask(rig.Arm(holder: 99));
        Assert.Equal((RefusalReason.LeaseHeld, 600u), (refused.Reason, refused.Detail));
        rig.Clock.Advance(600);
        rig.Accept(rig.Arm(holder: 99));
        Assert.Equal(RefusalReason.LeaseHeld, rig.Ask(rig.Arm()).Reason);
    }

    [Fact]
    public void A_lost_wire_makes_the_outputs_safe_in_the_next_pass()
    {
        Rig rig = Rig.Ready();
        rig.Measure(rig.Stimulus(1, Rig.Ramp()));
        rig.Link.Connected = false;
        rig.Step();
        Assert.True(rig.Converters.OutputsAreSafe);
        Assert.Equal(LinkState.Safe, rig.Loop.State);
        rig.Link.Connected = true;
        rig.Step();
        Assert.Equal(LinkState.Idle, rig.Loop.State);
        Assert.Equal(RefusalReason.NotArmed, rig.Ask(rig.Stimulus(2, Rig.Ramp())).Reason);
    }

    [Fact]
    public void The_enable_line_is_pulsed_once_a_pass_while_armed_and_never_else()
    {
        Rig rig = new();
        rig.Step();
        rig.Step();
        Assert.Equal(0, rig.Converters.Pulses);
        rig.Prepare();
        int armed = rig.Converters.Pulses;
        rig.Step();
        Assert.Equal(armed + 1, rig.Converters.Pulses);

        // Not even in the pass that finds the interlock open.
        rig.Health.InterlockClosed = false;
        rig.Step();
        rig.Step();
        Assert.Equal(armed + 1, rig.Converters.Pulses);
    }

    [Fact]
    public void An_open_interlock_and_overheating_end_in_fault_that_stands_until_they_are_gone()
    {
        Rig rig = Rig.Ready();
        rig.Measure(rig.Stimulus(1, Rig.Ramp()));
        rig.Health.MilliCelsius = 80_001;
        rig.Step(100);
        Assert.True(rig.HasTold(FaultCode.Overtemperature));
        Assert.True(rig.Converters.OutputsAreSafe);
        Assert.Equal(RefusalReason.WrongState, rig.Ask(rig.Command(CommandCode.ClearFault, text: "still hot")).Reason);
        rig.Health.MilliCelsius = 80_000;
        rig.Accept(rig.Command(CommandCode.ClearFault, text: "cooled down"));

        rig.Prepare();
        rig.Measure(rig.Stimulus(1, Rig.Ramp()));
        rig.Health.InterlockClosed = false;
        Assert.Equal(RefusalReason.Faulted, rig.Ask(rig.Stimulus(2, Rig.Ramp())).Reason);
        Assert.True(rig.HasTold(FaultCode.InterlockOpen));
        Assert.True(rig.Converters.OutputsAreSafe);
        Assert.Equal(RefusalReason.WrongState, rig.Ask(rig.Command(CommandCode.ClearFault, text: "still open")).Reason);
        rig.Health.InterlockClosed = true;
        rig.Accept(rig.Command(CommandCode.ClearFault, text: "closed it"));
    }

    private static byte[] Padded(byte[] frame) => frame.Length >= FrameHeader.Bytes ? frame : new byte[FrameHeader.Bytes];
}
