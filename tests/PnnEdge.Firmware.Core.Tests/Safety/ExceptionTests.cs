using PnnEdge.Firmware.Core.Tests.Support;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Tests.Safety;

public class ExceptionTests
{
    /// <summary>Every call that the loop makes to a part, and what makes the loop make it.</summary>
    public static TheoryData<string, string> Calls => new()
    {
        { "converters", "MakeSafe" },
        { "converters", "PulseEnable" },
        { "converters", "SetActuators" },
        { "converters", "SetSampleRate" },
        { "converters", "Play" },
        { "link", "IsConnected" },
        { "link", "Receive" },
        { "link", "DroppedFrames" },
        { "link", "Send" },
        { "link", "Publish" },
        { "health", "IsInterlockClosed" },
        { "health", "TemperatureMilliCelsius" },
        { "health", "FreeMemoryBytes" },
        { "health", "FreeNativeMemoryBytes" },
        { "clock", "Micros" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void An_exception_in_any_call_ends_in_safe_outputs_and_a_fault_that_is_told_and_cleared_with_a_reason(string part, string call)
    {
        Rig rig = Rig.Ready();
        bool thrown = false;
        byte[] driving = call == "MakeSafe" ? rig.Command(CommandCode.Disarm) : call == "SetSampleRate" ? rig.Plan() : rig.Stimulus(1, Rig.Ramp());
        byte[] renewing = rig.Command(CommandCode.Renew, 2000);
        Break(rig, part, call, () => thrown = true);
        Drive(rig, call, driving, renewing);
        Assert.True(thrown, $"{part}.{call} was not called.");
        Assert.Equal(LinkState.Fault, rig.Loop.State);
        Assert.True(rig.Converters.OutputsAreSafe);
        Repair(rig);
        rig.Step();
        Assert.True(rig.HasTold(FaultCode.Exception));
        Assert.Contains("\"fault\"", rig.Link.Published.Last(p => p.Leaf == "status").Text, StringComparison.Ordinal);

        int blocks = rig.Converters.Blocks;
        Assert.Equal(RefusalReason.Faulted, rig.Ask(rig.Stimulus(9, Rig.Ramp())).Reason);
        Assert.Equal(RefusalReason.WrongState, rig.Ask(rig.Command(CommandCode.ClearFault)).Reason);
        Assert.Equal(RefusalReason.WrongState, rig.Ask(rig.Command(CommandCode.ClearFault, text: "  ")).Reason);
        Assert.Equal(LinkState.Idle, rig.Accept(rig.Command(CommandCode.ClearFault, text: "looked at it")).State);
        Assert.Equal(blocks, rig.Converters.Blocks);
        rig.Prepare();
        rig.Measure(rig.Stimulus(1, Rig.Ramp()));
    }

    [Theory]
    [InlineData("converters", "MakeSafe")]
    [InlineData("link", "Send")]
    [InlineData("link", "Receive")]
    [InlineData("health", "IsInterlockClosed")]
    [InlineData("clock", "Micros")]
    public void A_part_that_throws_in_every_pass_does_not_stop_the_loop_and_is_described_once(string part, string call)
    {
        Rig rig = Rig.Ready();
        Break(rig, part, call, () => { });
        rig.Link.Connected = part != "converters"; // the way to MakeSafe
        for (int pass = 0; pass < 100; pass++)
        {
            rig.Clock.Advance(20); // past a heartbeat
            rig.Loop.Step(0);
        }

        Assert.Equal(LinkState.Fault, rig.Loop.State);
        rig.Link.Connected = true;
        Repair(rig);
        rig.Step();
        Assert.Equal(1, rig.Link.Sent.Count(f => FrameHeader.Kind(f) == FrameKind.Fault && FaultReport.Read(f).Text.Contains("broken", StringComparison.Ordinal)));
        Assert.True(rig.Converters.OutputsAreSafe);
        Assert.Equal(LinkState.Idle, rig.Accept(rig.Command(CommandCode.ClearFault, text: "replaced it")).State);
    }

    [Fact]
    public void The_first_fault_is_the_one_kept()
    {
        Rig rig = Rig.Ready();
        rig.Health.InterlockClosed = false;
        rig.Step();
        rig.Loop.ReportFrom(new InvalidOperationException("later"));
        rig.Step();
        Assert.Equal((uint)FaultCode.InterlockOpen, rig.Ask(rig.Arm()).Detail);
        Assert.False(rig.HasTold(FaultCode.Exception));
    }

    [Fact]
    public void A_fault_that_the_link_did_not_take_is_told_again_until_it_did()
    {
        Rig rig = Rig.Ready();
        rig.Link.Refuses = true;
        rig.Health.InterlockClosed = false;
        rig.Step();
        rig.Step();
        Assert.False(rig.HasTold(FaultCode.InterlockOpen));
        rig.Link.Refuses = false;
        Assert.Single(rig.Step(), f => FrameHeader.Kind(f) == FrameKind.Fault);
        Assert.Empty(rig.Step());
    }

    [Theory]
    [InlineData(-(int)FaultCode.ConverterFailed)]
    [InlineData(-256)]
    [InlineData(int.MinValue)]
    [InlineData(0x10000)]
    public void Whatever_play_returns_beside_its_flags_is_a_converter_fault(int returned)
    {
        Rig rig = Rig.Ready();
        rig.Converters.PlayReturns = returned;
        Assert.Equal(RefusalReason.Faulted, rig.Ask(rig.Stimulus(1, Rig.Ramp())).Reason);
        Assert.True(rig.HasTold(FaultCode.ConverterFailed));
        Assert.Equal(LinkState.Fault, rig.Loop.State);
        Assert.True(rig.Converters.OutputsAreSafe);
    }

    [Fact]
    public void An_actuator_that_does_not_read_back_is_named_with_what_was_asked()
    {
        Rig rig = Rig.Ready();
        rig.Converters.Setting = (index, _) => rig.Converters.SetReturns = index == 1 ? FaultCode.ActuatorReadback : FaultCode.None;
        Assert.Equal(RefusalReason.Faulted, rig.Ask(rig.Stimulus(1, Rig.Ramp())).Reason);
        FaultReport fault = FaultReport.Read(rig.Link.Sent.Single(f => FrameHeader.Kind(f) == FrameKind.Fault));
        Assert.Equal((FaultCode.ActuatorReadback, 1, Rig.Volts[1], 1f), (fault.Code, fault.Actuator, fault.Asked, fault.Limit));
        Assert.True(rig.Converters.OutputsAreSafe);
        Assert.Equal(0, rig.Converters.Blocks);
    }

    [Fact]
    public void Disarming_outputs_that_do_not_read_back_safe_is_answered_with_the_fault()
    {
        Rig rig = Rig.Ready();
        rig.Converters.SafeReturns = FaultCode.ActuatorReadback;
        Answer answer = rig.Ask(rig.Command(CommandCode.Disarm));
        Assert.Equal((RefusalReason.Faulted, LinkState.Fault, (uint)FaultCode.ActuatorReadback), (answer.Reason, answer.State, answer.Detail));
    }

    [Fact]
    public void A_fault_cleared_after_the_wire_was_lost_leaves_a_device_that_nobody_can_arm()
    {
        Rig rig = Rig.Ready();
        rig.Health.InterlockClosed = false;
        rig.Step();
        rig.Health.InterlockClosed = true;
        rig.Link.Connected = false;
        rig.Link.Inbox.Enqueue(rig.Command(CommandCode.ClearFault, text: "closed it"));
        rig.Step();
        Assert.Equal(LinkState.Safe, rig.Loop.State);
        rig.Link.Inbox.Enqueue(rig.Arm());
        rig.Step();
        Assert.Equal(LinkState.Safe, rig.Loop.State);
        Assert.Equal(1u, rig.Loop.Counters.Of(RefusalReason.WrongState));
    }

    private static void Break(Rig rig, string part, string call, Action noted)
    {
        void Hook(string called)
        {
            if (called == call)
            {
                noted();
                throw new InvalidOperationException($"{part}.{call} is broken");
            }
        }

        switch (part)
        {
            case "converters": rig.Converters.Hook = Hook; break;
            case "link": rig.Link.Hook = Hook; break;
            case "health": rig.Health.Hook = Hook; break;
            default: rig.Clock.Hook = () => Hook("Micros"); break;
        }
    }

    private static void Repair(Rig rig)
    {
        rig.Converters.Hook = null;
        rig.Link.Hook = null;
        rig.Health.Hook = null;
        rig.Clock.Hook = null;
    }

    private static void Drive(Rig rig, string call, byte[] driving, byte[] renewing)
    {
        rig.Link.Inbox.Enqueue(driving);

        // Far enough for health and heartbeat, not for the lease.
        rig.Clock.Advance(call is "FreeMemoryBytes" or "FreeNativeMemoryBytes" or "TemperatureMilliCelsius" or "Publish" ? 999 : 0);
        if (call is "FreeMemoryBytes" or "FreeNativeMemoryBytes" or "Publish")
        {
            rig.Link.Inbox.Clear();
            rig.Link.Inbox.Enqueue(renewing);
            rig.Loop.Step(0);
            rig.Clock.Advance(1);
        }

        rig.Loop.Step(0);
        if (call == "MakeSafe")
        {
            // Fault is latched; the outputs follow as soon as the converters answer again.
            rig.Converters.Hook = null;
            rig.Loop.Step(0);
        }
    }
}
