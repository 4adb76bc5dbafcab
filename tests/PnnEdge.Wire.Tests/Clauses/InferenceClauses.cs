using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Programs;
using PnnEdge.Wire.Tests.Device;
using PnnEdge.Wire.Tests.Vectors;

namespace PnnEdge.Wire.Tests.Clauses;

/// <summary>The golden program on a device whose bench is a wire from output to input.</summary>
public class InferenceClauses
{
    /// <summary>Both layers', as write_vectors.py computes them from G-8.</summary>
    private static readonly int[][] GoldenCodes = [[2100, 2048, 1229, 1900, 2048], [2048, 2099, 1978, 1700, 2023]];

    private static readonly byte[] GoldenAnswer = GoldenVector.Read("infer-result-of-program").Bytes;

    private static byte[] OnTimer(int millis) => GoldenProgram.WithWord(ProgramHeader.TimerMillisAt, millis);

    [Fact]
    [Clause("G-8", Accepts)]
    public void The_device_answers_as_the_document_computes_bit_for_bit()
    {
        DeviceBench bench = DeviceBench.Deployed();
        byte[] answer = bench.Infer(HostFrame.Infer(8, GoldenProgram.Features));
        const int FromMeasuredMillis = InferResult.MeasuredMillisAt, Results = InferResult.ClassAt;
        Assert.Equal(GoldenAnswer[Results..FromMeasuredMillis], answer[Results..FromMeasuredMillis]);
        Assert.Equal(GoldenAnswer[InferResult.RunMicrosAt..], answer[InferResult.RunMicrosAt..]);
        Assert.Equal((uint)bench.Clock.NowMillis, InferResult.MeasuredMillis(answer));
        Assert.Equal(GoldenCodes, bench.Converters.Played.Select(played => played.Codes));
        Assert.Equal([100UL, 110UL], bench.Converters.Played.Select(played => played.FirstShot));
        Assert.Equal(
            ["safe", "set 0 to 1.5 V", "set 1 to 1.25 V", "play 1 shots from 100", "set 0 to 1 V", "set 1 to 0.5 V", "play 1 shots from 110", "safe"],
            bench.Converters.Calls[^8..]);
    }

    [Fact]
    [Clause("G-8", Accepts)]
    public void Values_are_answered_as_they_are_with_a_confidence_of_1()
    {
        byte[] answer = DeviceBench.Deployed(GoldenProgram.With(program => program[ProgramHeader.OutputAt] = 1)).Infer(HostFrame.Infer(8, GoldenProgram.Features));
        Assert.Equal((0, 1f), (InferResult.Class(answer), InferResult.Confidence(answer)));
        Assert.Equal(GoldenAnswer[InferResult.ScoresAt..], answer[InferResult.ScoresAt..]);
    }

    [Theory]
    [Clause("G-8", Refuses)]
    [InlineData(float.MaxValue, 0f)]
    [InlineData(0f, -float.MaxValue)]
    public void A_unit_that_runs_away_is_never_played(float first, float second)
    {
        DeviceBench bench = DeviceBench.Deployed(GoldenProgram.WithFloat(152, 2f)); // the first layer's scale
        Answer answer = Assert.IsType<Answer>(bench.Ask(HostFrame.Infer(1, first, second)));
        Assert.Equal((RefusalReason.NotFinite, LinkState.Idle), (answer.Reason, answer.State));
        Assert.Empty(bench.Converters.Played);
        Assert.True(bench.Converters.OutputsAreSafe);
    }

    [Fact]
    [Clause("G-8", Refuses)]
    public void A_step_that_the_channel_forbids_is_never_played()
    {
        // −2 V after +2 V, where 2 V a sample are allowed.
        DeviceBench bench = DeviceBench.Deployed(GoldenProgram.WithWord(140, 2867));
        Answer answer = bench.Ask(HostFrame.Infer(1, 5f, -5f));
        Assert.Equal((RefusalReason.SlewExceeded, LinkState.Idle), (answer.Reason, answer.State));
        Assert.Empty(bench.Converters.Played);
    }

    [Theory]
    [Clause("I-2", Refuses)]
    [InlineData(1)]
    [InlineData(3)]
    public void Another_number_of_features_than_the_program_s_is_refused(int features) =>
        Assert.Equal(2u, DeviceBench.Deployed().Refuse(HostFrame.Infer(1, new float[features]), RefusalReason.WrongLength).Detail);

    [Fact]
    [Clause("I-4", Accepts)]
    public void Once_the_lease_has_lapsed_a_request_is_answered()
    {
        DeviceBench bench = DeviceBench.Deployed();
        bench.Accept(HostFrame.Arm());
        bench.Step(1001);
        bench.Infer(HostFrame.Infer(1, GoldenProgram.Features));
    }

    [Fact]
    [Clause("I-4", Refuses)]
    public void While_a_lease_runs_a_request_is_refused_and_the_lease_goes_on()
    {
        DeviceBench bench = DeviceBench.Deployed();
        bench.Accept(HostFrame.Arm());
        Assert.Equal(1000u, bench.Refuse(HostFrame.Infer(1, GoldenProgram.Features), RefusalReason.LeaseHeld).Detail);
        Assert.Equal(LinkState.Armed, bench.Loop.State);
    }

    [Fact]
    [Clause("I-4", Refuses)]
    public void While_a_lease_runs_the_timer_waits()
    {
        DeviceBench bench = DeviceBench.Deployed(OnTimer(100));
        bench.Input.Sees = GoldenProgram.Features;
        bench.Accept(HostFrame.Arm());
        Assert.Empty(Results(bench.Step(500)));
        Assert.Single(Results(bench.Step(501)));
    }

    [Fact]
    [Clause("I-5", Accepts)]
    public void A_repeated_request_is_answered_alike_and_not_run_again()
    {
        DeviceBench bench = DeviceBench.Deployed();
        byte[] first = bench.Infer(HostFrame.Infer(3, GoldenProgram.Features));
        bench.Clock.NowMillis += 10;
        Assert.Equal(first, bench.Infer(HostFrame.Infer(3, GoldenProgram.Features)));
        Assert.Equal(2, bench.Converters.Played.Count);
    }

    [Fact]
    [Clause("I-5", Accepts)]
    public void So_it_is_when_the_timer_ran_in_between()
    {
        DeviceBench bench = DeviceBench.Deployed(OnTimer(100));
        byte[] first = bench.Infer(HostFrame.Infer(3, GoldenProgram.Features));
        bench.Input.Sees = [0.25f, 0.75f];
        Assert.Single(Results(bench.Step(100)));
        bench.Input.Sees = null;
        Assert.Equal(first, bench.Infer(HostFrame.Infer(3, GoldenProgram.Features)));
        Assert.Equal(4, bench.Converters.Played.Count);
    }

    [Theory]
    [Clause("I-5", Refuses)]
    [InlineData(4u, 0.5f)]
    [InlineData(3u, 0.25f)]
    [InlineData(2u, 0.5f)]
    public void Another_sequence_or_another_input_is_another_request(uint sequence, float feature)
    {
        DeviceBench bench = DeviceBench.Deployed();
        bench.Infer(HostFrame.Infer(3, GoldenProgram.Features));
        Assert.Equal(sequence, FrameHeader.Sequence(bench.Infer(HostFrame.Infer(sequence, feature, -1f))));
        Assert.Equal([100UL, 110UL, 101UL, 111UL], bench.Converters.Played.Select(played => played.FirstShot));
    }

    [Fact]
    [Clause("I-6", Accepts)]
    public void Answers_to_the_local_input_come_unasked_at_the_timer_s_pace()
    {
        DeviceBench bench = DeviceBench.Deployed(OnTimer(100));
        Assert.Empty(Results(bench.Step(100)));
        bench.Input.Sees = GoldenProgram.Features;
        byte[][] sent = [.. Enumerable.Range(0, 10).SelectMany(_ => Results(bench.Step(50)))];
        Assert.Equal([1u, 2u, 3u, 4u, 5u], sent.Select(FrameHeader.Sequence));
        Assert.All(sent, frame => Assert.Equal((InferSource.Timer, 1), (InferResult.Source(frame), InferResult.Class(frame))));
    }

    [Fact]
    [Clause("I-6", Accepts)]
    public void The_newest_are_kept_while_there_is_no_connection_and_sent_in_order_once_there_is()
    {
        DeviceBench bench = DeviceBench.Deployed(OnTimer(100));
        bench.Link.Connected = false;
        bench.Step();
        bench.Input.Sees = GoldenProgram.Features;
        long start = bench.Clock.NowMillis;
        for (int i = 0; i < 5; i++) { bench.Step(100); }
        Assert.Equal(LinkState.Safe, bench.Loop.State);
        Assert.Equal(10, bench.Converters.Played.Count);
        bench.Input.Sees = null;
        bench.Link.Connected = true;
        byte[][] sent = [.. Enumerable.Range(0, 5).SelectMany(_ => Results(bench.Step(1)))];
        Assert.Equal([3u, 4u, 5u], sent.Select(FrameHeader.Sequence));
        Assert.Equal([start + 300, start + 400, start + 500], sent.Select(frame => (long)InferResult.MeasuredMillis(frame)));
        Assert.Equal(LinkState.Idle, bench.Loop.State);
    }

    [Theory]
    [Clause("I-6", Refuses)]
    [InlineData(0)]
    [InlineData(100)]
    public void Without_a_timer_or_without_anything_to_look_at_nothing_is_run(int millis)
    {
        DeviceBench bench = DeviceBench.Deployed(OnTimer(millis));
        bench.Input.Sees = millis == 0 ? GoldenProgram.Features : null;
        Assert.Empty(Results(bench.Step(1000)));
        Assert.Empty(bench.Converters.Played);
    }

    [Fact]
    [Clause("I-7", Accepts)]
    public void Outputs_are_safe_between_answers_and_the_device_idle()
    {
        DeviceBench bench = DeviceBench.Deployed();
        for (uint i = 1; i < 4; i++)
        {
            bench.Infer(HostFrame.Infer(i, GoldenProgram.Features));
            Assert.Equal((true, LinkState.Idle), (bench.Converters.OutputsAreSafe, bench.Loop.State));
        }
    }

    [Fact]
    [Clause("I-7", Refuses)]
    public void A_converter_that_fails_ends_the_answer_in_fault()
    {
        DeviceBench bench = DeviceBench.Deployed();
        bench.Converters.PlayFault = FaultCode.ConverterFailed;
        Faulted(bench, FaultCode.ConverterFailed);
    }

    [Fact]
    [Clause("I-7", Refuses)]
    public void An_actuator_that_does_not_follow_ends_the_answer_in_fault()
    {
        DeviceBench bench = DeviceBench.Deployed();
        (bench.Converters.SetFault, bench.Converters.SetFailsAt) = (FaultCode.ActuatorReadback, 1);
        Faulted(bench, FaultCode.ActuatorReadback);
    }

    [Fact]
    [Clause("I-7", Refuses)]
    public void An_interlock_that_opens_between_layers_ends_the_answer_in_fault()
    {
        DeviceBench bench = DeviceBench.Deployed();
        bench.Converters.WhenPlayed = () => bench.Health.InterlockClosed = false;
        Faulted(bench, FaultCode.InterlockOpen);
        Assert.Single(bench.Converters.Played);
    }

    [Fact]
    [Clause("I-7", Refuses)]
    public void An_exception_ends_the_answer_in_fault()
    {
        DeviceBench bench = DeviceBench.Deployed();
        bench.Converters.PlayThrows = new InvalidOperationException("no clock");
        List<byte[]> sent = bench.Give(HostFrame.Infer(1, GoldenProgram.Features));
        Assert.Equal(FrameKind.Fault, FrameHeader.Kind(Assert.Single(sent)));
        Assert.Equal((LinkState.Fault, true), (bench.Loop.State, bench.Converters.OutputsAreSafe));
        bench.Refuse(HostFrame.Infer(2, GoldenProgram.Features), RefusalReason.Faulted);
    }

    [Theory]
    [Clause("I-7", Refuses)]
    [InlineData(true, LinkState.Fault)]
    [InlineData(false, LinkState.Safe)]
    public void A_late_loop_ends_the_answer_without_a_result_and_in_fault_while_there_is_a_connection(bool isConnected, LinkState ends)
    {
        DeviceBench bench = DeviceBench.Deployed(OnTimer(100));
        bench.Link.Connected = isConnected;
        bench.Step(1);
        bench.Input.Sees = GoldenProgram.Features;
        bench.Converters.WhenPlayed = () =>
        {
            bench.Clock.NowMillis += 1001;
            Assert.True(bench.Loop.Watchdog.Watch(bench.Clock.NowMillis, bench.Converters));
        };
        bench.Step(100);
        bench.Input.Sees = null;
        Assert.Empty(Results(bench.Step(100)));
        Assert.Equal((ends, true), (bench.Loop.State, bench.Converters.OutputsAreSafe));
        Assert.Single(bench.Converters.Played);
        bench.Link.Connected = true;
        Assert.Empty(Results(bench.Step(100)));
    }

    [Fact]
    [Clause("I-7", Refuses)]
    public void While_a_connection_is_made_the_program_does_not_run()
    {
        DeviceBench bench = DeviceBench.Deployed(OnTimer(100));
        bench.Link.Connected = false;
        bench.Input.Sees = GoldenProgram.Features;
        Assert.True(bench.Loop.DialTurn.BeginDial(bench.Clock.NowMillis));
        bench.Step(500);
        Assert.Equal((0, true), (bench.Converters.Played.Count, bench.Converters.OutputsAreSafe));
        bench.Loop.DialTurn.EndDial();
        bench.Step(1);
        Assert.Equal(GoldenCodes.Length, bench.Converters.Played.Count);
    }

    private static void Faulted(DeviceBench bench, FaultCode code)
    {
        List<byte[]> sent = bench.Give(HostFrame.Infer(1, GoldenProgram.Features));
        Assert.Equal(code, FaultReport.Read(sent.Single(frame => FrameHeader.Kind(frame) == FrameKind.Fault)).Code);
        Answer reply = DeviceBench.ReadReply(sent.Single(frame => FrameHeader.Kind(frame) == FrameKind.Reply));
        Assert.Equal((RefusalReason.Faulted, (uint)code, LinkState.Fault), (reply.Reason, reply.Detail, reply.State));
        Assert.Equal(2, sent.Count);
        Assert.True(bench.Converters.OutputsAreSafe);
    }

    private static IEnumerable<byte[]> Results(IEnumerable<byte[]> sent) => sent.Where(frame => FrameHeader.Kind(frame) == FrameKind.InferResult);
}
