using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Tests.Device;
using PnnEdge.Wire.Tests.Vectors;
using static PnnEdge.Wire.Tests.Clauses.ChangedFrames;

namespace PnnEdge.Wire.Tests.Clauses;

public class FrameVerdictClauses
{
    [Fact]
    [Clause("F-8", Accepts)]
    public void A_device_takes_the_kinds_that_a_host_sends()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Measure(HostFrame.Stimulus(1, 2048, 2048, 2048));
        Assert.Equal(0u, bench.Loop.Counters.Of(RefusalReason.WrongDirection));
    }

    [Theory]
    [Clause("F-8", Refuses)]
    [InlineData("hello-bench")]
    [InlineData("measurement")]
    [InlineData("reply-armed")]
    [InlineData("fault-hot")]
    [InlineData("heartbeat")]
    [InlineData("infer-result")]
    public void A_device_refuses_the_kinds_that_a_device_sends(string name)
    {
        DeviceBench bench = DeviceBench.Connected();
        Answer answer = DeviceBench.ReadReply(Assert.Single(bench.GiveBytes(Golden(name))));
        Assert.Equal(RefusalReason.WrongDirection, answer.Reason);
        Assert.Equal(1u, bench.Loop.Counters.Of(RefusalReason.WrongDirection));
        Assert.False(FrameCheck.IsForDevice(FrameHeader.Kind(Golden(name))));
    }

    /// <summary>
    /// A frame that is wrong in every way at once; mended one check at a time, each mending shows the next reason. Two orders
    /// would show here as two reasons swapped.
    /// </summary>
    [Fact]
    [Clause("F-9", Accepts)]
    public void The_first_failing_check_names_the_reason()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Measure(HostFrame.Stimulus(7, 2048, 2048, 2048));
        uint now = (uint)bench.Clock.NowMillis;
        HostFrame wrong = HostFrame.Stimulus(3, 2048, 2048, 2048) with
        {
            Retained = true,
            BootId = 1,
            Deadline = now - 1,
            Epoch = 999,
            RunId = 8,
            Version = 5,
        };
        bench.Refuse(wrong, RefusalReason.Retained);
        bench.Refuse(wrong = wrong with { Retained = false }, RefusalReason.WrongBoot);
        bench.Refuse(wrong = wrong with { BootId = null }, RefusalReason.Expired);
        bench.Refuse(wrong = wrong with { Deadline = now + 60001 }, RefusalReason.DeadlineTooFar);
        bench.Refuse(wrong = wrong with { Deadline = null }, RefusalReason.WrongEpoch);
        bench.Refuse(wrong = wrong with { Epoch = null }, RefusalReason.StaleSequence);
        bench.Refuse(wrong = wrong with { Sequence = 8 }, RefusalReason.WrongRun);
        bench.Refuse(wrong = wrong with { RunId = 9 }, RefusalReason.UnknownParameters);
        bench.Measure(wrong with { Version = 1 });
    }

    [Fact]
    [Clause("F-9", Refuses)]
    public void The_state_is_asked_before_the_sequence()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Measure(HostFrame.Stimulus(7, 2048, 2048, 2048));
        bench.Step(1100);
        bench.Refuse(HostFrame.Stimulus(3, 2048, 2048, 2048), RefusalReason.NotArmed);
    }

    [Fact]
    [Clause("F-9", Refuses)]
    public void The_bytes_are_asked_before_everything_else()
    {
        DeviceBench bench = DeviceBench.Connected();
        byte[] frame = HostFrame.Arm().Encode(999, 1, 0);
        frame[FrameHeader.CrcAt] ^= 1;
        bench.Link.Inbox.Enqueue((frame, true));
        bench.Step();
        Assert.Equal(1u, bench.Loop.Counters.Of(RefusalReason.WrongCrc));
        Assert.Equal(0u, bench.Loop.Counters.Of(RefusalReason.Retained));
    }

    [Fact]
    [Clause("F-11", Accepts)]
    public void A_refused_frame_of_right_bytes_is_answered_and_counted()
    {
        DeviceBench bench = DeviceBench.Connected();
        bench.Refuse(HostFrame.Stimulus(1, 2048, 2048, 2048), RefusalReason.NotArmed);
        Assert.Equal(1u, bench.Loop.Counters.Of(RefusalReason.NotArmed));
    }

    [Theory]
    [Clause("F-11", Refuses)]
    [InlineData("wrong-magic")]
    [InlineData("wrong-version")]
    [InlineData("wrong-length")]
    [InlineData("wrong-crc")]
    [InlineData("unknown-kind")]
    [InlineData("command-unknown")]
    [InlineData("parameters-nan")]
    [InlineData("plan-words-misfit")]
    [InlineData("stimulus-reserved")]
    public void Wrong_bytes_are_counted_and_not_answered(string name) =>
        DeviceBench.Connected().RefuseUnanswered(Golden(name), GoldenVector.Read(name).Expected);
}
