using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Tests.Device;

namespace PnnEdge.Wire.Tests.Clauses;

/// <summary>Heartbeat, inference and states.</summary>
public class ReportClauses
{
    private static readonly HostCrc32 Crc = new();

    [Fact]
    [Clause("B-1", Accepts)]
    public void A_heartbeat_comes_at_every_interval()
    {
        DeviceBench bench = DeviceBench.Connected();
        int beats = 0;
        for (int i = 0; i < 100; i++)
        {
            beats += bench.Step(100).Count(f => FrameHeader.Kind(f) == FrameKind.Heartbeat);
        }

        Assert.Equal(10, beats);
    }

    [Fact]
    [Clause("B-1", Refuses)]
    public void No_heartbeat_comes_before_its_time()
    {
        DeviceBench bench = DeviceBench.Connected();
        Assert.Empty(bench.Step(999));
        Assert.Single(bench.Step(1));
    }

    [Fact]
    [Clause("B-1", Refuses)]
    public void No_heartbeat_comes_while_the_device_is_not_connected()
    {
        DeviceBench bench = DeviceBench.Connected();
        bench.Link.Connected = false;
        int sent = bench.Link.Sent.Count;
        bench.Step(5000);
        bench.Step(5000);
        Assert.Equal(sent, bench.Link.Sent.Count);
    }

    [Fact]
    [Clause("B-2", Accepts)]
    public void Every_refusal_is_in_the_next_heartbeat()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Refuse(HostFrame.Stimulus(1, 0, 0, 0), RefusalReason.OutOfRange);
        bench.Refuse(HostFrame.Stimulus(1, 0, 0, 0), RefusalReason.OutOfRange);
        bench.Refuse(HostFrame.Plan(1), RefusalReason.StaleSequence);
        bench.Measure(HostFrame.Stimulus(1, 2048, 2048, 2048));
        bench.Measure(HostFrame.Stimulus(1, 2048, 2048, 2048));
        byte[] beat = NextHeartbeat(bench);
        Assert.Equal((2u, 1u), (Heartbeat.Refusals(beat, RefusalReason.OutOfRange), Heartbeat.Refusals(beat, RefusalReason.StaleSequence)));
        Assert.Equal(3L, Enum.GetValues<RefusalReason>().Sum(r => Heartbeat.Refusals(beat, r)));
        Assert.Equal((1u, 1u, 1u), (Heartbeat.BlocksPlayed(beat), Heartbeat.ShotsPlayed(beat), Heartbeat.RepeatsAnswered(beat)));
        Assert.Equal(((ulong)bench.Clock.NowMillis, 65536u, 25000), (
            Heartbeat.UptimeMillis(beat), Heartbeat.FreeMemoryBytes(beat), Heartbeat.TemperatureMilliCelsius(beat)));
    }

    [Fact]
    [Clause("B-2", Refuses)]
    public void Garbage_is_counted_though_it_is_not_answered()
    {
        DeviceBench bench = DeviceBench.Connected();
        bench.GiveBytes([1, 2, 3]);
        bench.GiveBytes(new byte[100]);
        byte[] beat = NextHeartbeat(bench);
        Assert.Equal((1u, 1u), (Heartbeat.Refusals(beat, RefusalReason.TooShort), Heartbeat.Refusals(beat, RefusalReason.WrongMagic)));
    }

    [Fact]
    [Clause("B-2", Refuses)]
    public void Frames_that_the_transport_dropped_are_counted_once()
    {
        DeviceBench bench = DeviceBench.Connected();
        bench.Link.Dropped = 3;
        bench.Step();
        bench.Step();
        bench.Link.Dropped = 5;
        Assert.Equal(5u, Heartbeat.Refusals(NextHeartbeat(bench), RefusalReason.InboxFull));
    }

    [Fact]
    [Clause("B-2", Refuses)]
    public void What_was_obeyed_is_not_counted_as_refused()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Measure(HostFrame.Stimulus(1, 2048, 2048, 2048));
        bench.Give(HostFrame.Command(CommandCode.Identify));
        Assert.All(bench.Loop.Counters.ByReason, c => Assert.Equal(0u, c));
    }

    [Fact]
    [Clause("B-3", Accepts)]
    public void A_payload_with_a_counter_for_every_reason_is_opened() =>
        Assert.Equal(RefusalReason.Accepted, OpenHeartbeat(RefusalReasons.Count, Heartbeat.PayloadBytes));

    [Theory]
    [Clause("B-3", Refuses)]
    [InlineData(31, Heartbeat.PayloadBytes)]
    [InlineData(33, Heartbeat.PayloadBytes)]
    [InlineData(34, Heartbeat.PayloadBytes - 4)]
    [InlineData(33, Heartbeat.PayloadBytes + 4)]
    [InlineData(31, Heartbeat.PayloadBytes - 4)]
    public void Any_other_number_of_counters_is_refused(int counters, int payload) =>
        Assert.Equal(RefusalReason.WrongLength, OpenHeartbeat(counters, payload));

    [Fact]
    [Clause("I-1", Accepts)]
    public void With_a_program_a_request_is_answered_without_a_lease() =>
        Assert.Equal(12u, InferResult.ProgramVersion(DeviceBench.Deployed().Infer(HostFrame.Infer(1, 0.5f, -1f))));

    [Fact]
    [Clause("I-1", Refuses)]
    public void Without_a_program_an_idle_device_refuses() =>
        DeviceBench.Connected().Refuse(HostFrame.Infer(1, 0.5f, -1f), RefusalReason.NoProgram);

    [Fact]
    [Clause("I-1", Refuses)]
    public void A_board_that_takes_no_programs_refuses_too() =>
        DeviceBench.Connected(board => board.ProgramBytes = 0).Refuse(HostFrame.Infer(1, 0.5f, -1f), RefusalReason.NoProgram);

    [Fact]
    [Clause("I-2", Accepts)]
    public void One_feature_is_enough() => Assert.Equal(RefusalReason.Accepted, OpenRequest(1, 1));

    [Theory]
    [Clause("I-2", Refuses)]
    [InlineData(0, 0)]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    [InlineData(65535, 1)]
    public void None_or_not_as_many_as_said_is_refused(int said, int features) =>
        Assert.Equal(RefusalReason.WrongLength, OpenRequest(said, features));

    [Theory]
    [Clause("I-3", Accepts)]
    [InlineData(0, 0f)]
    [InlineData(2, 1f)]
    public void A_class_that_has_a_score_and_a_confidence_of_0_to_1_is_opened(int winner, float confidence) =>
        Assert.Equal(RefusalReason.Accepted, OpenResult(winner, confidence, 0.1f, 0.2f, 0.7f));

    [Theory]
    [Clause("I-3", Refuses)]
    [InlineData(3, 0.5f)]
    [InlineData(65535, 0.5f)]
    [InlineData(0, -0.001f)]
    [InlineData(0, 1.001f)]
    public void A_class_without_a_score_or_another_confidence_is_refused(int winner, float confidence) =>
        Assert.Equal(RefusalReason.OutOfRange, OpenResult(winner, confidence, 0.1f, 0.2f, 0.7f));

    [Fact]
    [Clause("I-3", Refuses)]
    public void No_scores_are_refused() => Assert.Equal(RefusalReason.WrongLength, OpenResult(0, 0.5f));

    [Fact]
    [Clause("W-2", Accepts)]
    public void A_move_without_a_state_is_seen_by_its_caller() =>
        Assert.Equal(LinkState.Unlisted, LinkStateTable.Next(LinkState.Idle, LinkEvent.BlockStarted));

    [Theory]
    [Clause("W-2", Refuses)]
    [InlineData(LinkEvent.BlockStarted)]
    [InlineData(LinkEvent.LeaseGranted)]
    [InlineData(LinkEvent.FaultCleared)]
    [InlineData(LinkEvent.Dialled)]
    public void A_device_stays_where_it_is_and_says_that_it_did(LinkEvent happened)
    {
        Firmware.Core.Loop.DeviceStatus status = new(1);
        Assert.False(status.Move(happened));
        Assert.Equal(LinkState.Safe, status.State);
        Assert.True(status.Move(LinkEvent.SafeConfirmed));
        Assert.Equal(LinkState.Idle, status.State);
    }

    private static byte[] NextHeartbeat(DeviceBench bench) =>
        Assert.Single(bench.Step(bench.Board.HeartbeatMillis), f => FrameHeader.Kind(f) == FrameKind.Heartbeat);

    private static RefusalReason OpenHeartbeat(int counters, int payload)
    {
        byte[] frame = new byte[FrameHeader.Bytes + Heartbeat.PayloadBytes + 4];
        FrameHeader.Write(frame, FrameKind.Heartbeat, 0, 0, 0, 0, 0);
        Heartbeat.Write(frame, 0, 0, 0, LinkState.Idle, 0, 0, 0, new uint[RefusalReasons.Count]);
        frame[Heartbeat.CountersAt] = (byte)counters;
        return FrameCheck.Open(frame, FrameHeader.Seal(frame, payload, Crc), 4096, Crc);
    }

    private static RefusalReason OpenRequest(int said, int features)
    {
        byte[] frame = new byte[512];
        FrameHeader.Write(frame, FrameKind.InferRequest, 0, 0, 0, 0, 0);
        InferRequest.Write(frame, new float[features]);
        Bytes.PutUInt16(frame, InferRequest.CountAt, said);
        return FrameCheck.Open(frame, FrameHeader.Seal(frame, InferRequest.PayloadBytes(features), Crc), 4096, Crc);
    }

    private static RefusalReason OpenResult(int winner, float confidence, params float[] scores)
    {
        byte[] frame = new byte[512];
        FrameHeader.Write(frame, FrameKind.InferResult, 0, 0, 0, 0, 0);
        InferResult.Write(frame, winner, 1, confidence, scores);
        return FrameCheck.Open(frame, FrameHeader.Seal(frame, InferResult.PayloadBytes(scores.Length), Crc), 4096, Crc);
    }
}
