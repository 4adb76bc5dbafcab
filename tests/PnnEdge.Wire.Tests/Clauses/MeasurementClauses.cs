using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Tests.Device;

namespace PnnEdge.Wire.Tests.Clauses;

public class MeasurementClauses
{
    // 12 bits over ±5 V: 2.44 mV a code. The limits of ±4 V lie at codes 410 (rounded inwards) and 3686; 2 V are 819 codes.
    private const int LowestCode = 410;
    private const int HighestCode = 3686;
    private const int LargestStep = 819;
    private const int Rest = HostFrame.RestCode;

    [Fact]
    [Clause("M-1", Accepts)]
    public void Any_number_of_shots_up_to_the_plans_is_played()
    {
        DeviceBench bench = DeviceBench.Ready();
        for (int shots = 1; shots <= 5; shots++)
        {
            Assert.Equal(shots, MeasurementBlock.Shots(bench.Measure(HostFrame.Stimulus((uint)shots, Enumerable.Repeat(Rest, 3 * shots).ToArray()))));
        }

        Assert.Equal((5u, 15u), (bench.Loop.Counters.BlocksPlayed, bench.Loop.Counters.ShotsPlayed));
    }

    [Theory]
    [Clause("M-1", Refuses)]
    [InlineData(6, 18)]
    [InlineData(1, 2)]
    [InlineData(1, 4)]
    [InlineData(2, 4)]
    [InlineData(3, 3)]
    public void More_shots_or_shots_of_another_length_are_refused_and_told_the_right_one(int shots, int words) =>
        Assert.Equal(3u, DeviceBench.Ready().Refuse(
            HostFrame.StimulusOf(1, 100, shots, Enumerable.Repeat(Rest, words).ToArray()), RefusalReason.WrongLength).Detail);

    [Fact]
    [Clause("M-1", Refuses)]
    public void A_block_without_shots_is_no_block() =>
        DeviceBench.Ready().RefuseUnanswered(HostFrame.StimulusOf(1, 100, 0), RefusalReason.WrongLength);

    [Fact]
    [Clause("M-2", Accepts)]
    public void Words_at_both_limits_are_played_unaltered()
    {
        DeviceBench bench = DeviceBench.Ready(b => b.Channels[0] = WithMaxStep(b.Channels[0], 10f));
        int[] codes = [LowestCode, HighestCode, LowestCode];
        bench.Measure(HostFrame.Stimulus(1, codes));
        Assert.Equal(codes, bench.Converters.Played[0].Codes);
    }

    [Theory]
    [Clause("M-2", Refuses)]
    [InlineData(0, LowestCode - 1)]
    [InlineData(1, HighestCode + 1)]
    [InlineData(5, 0)]
    [InlineData(4, 4095)]
    [InlineData(3, 4096)]
    [InlineData(2, 65535)]
    public void One_word_outside_refuses_the_whole_block_and_is_told(int index, int code)
    {
        DeviceBench bench = DeviceBench.Ready(b => b.Channels[0] = WithMaxStep(b.Channels[0], 10f));
        int[] codes = Enumerable.Repeat(Rest, 6).ToArray();
        codes[index] = code;
        Assert.Equal((uint)index, bench.Refuse(HostFrame.Stimulus(1, codes), RefusalReason.OutOfRange).Detail);
        Assert.Empty(bench.Converters.Played);
    }

    [Fact]
    [Clause("M-2", Refuses)]
    public void No_code_outside_the_limits_reaches_the_output_whatever_is_sent()
    {
        DeviceBench bench = DeviceBench.Ready(b => b.Channels[0] = WithMaxStep(b.Channels[0], 10f));
        Random random = new(11);
        for (uint sequence = 1; sequence <= 2000; sequence++)
        {
            bench.Clock.NowMillis += 1;
            int[] codes = Enumerable.Range(0, 6).Select(_ => Rest + random.Next(-1900, 1900)).ToArray();
            bench.Give(HostFrame.Stimulus(sequence, codes));
            if (sequence % 100 == 0)
            {
                bench.Accept(HostFrame.Command(CommandCode.Renew, sequence, 2000));
            }
        }

        Assert.InRange(bench.Converters.Played.Count, 500, 1500);
        Assert.All(bench.Converters.Played, p => Assert.All(p.Codes, c => Assert.InRange(c, LowestCode, HighestCode)));
    }

    [Fact]
    [Clause("M-3", Accepts)]
    public void The_largest_step_is_allowed_and_each_shot_starts_from_rest()
    {
        DeviceBench bench = DeviceBench.Ready();
        int up = Rest + LargestStep;
        int top = up + LargestStep;
        Assert.Equal(HighestCode, top);
        bench.Measure(HostFrame.Stimulus(1, up, top, up, up, Rest, Rest - LargestStep));
    }

    [Fact]
    [Clause("M-3", Accepts)]
    public void Without_rest_between_them_a_shot_goes_on_where_the_one_before_ended()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Accept(HostFrame.Plan(3, p => p.RestSamples = 0));
        int up = Rest + LargestStep;
        int top = up + LargestStep;
        bench.Measure(HostFrame.Stimulus(1, up, top, top, top, top, up));
    }

    [Fact]
    [Clause("M-3", Refuses)]
    public void Too_far_from_rest_at_the_end_is_refused_with_and_without_rest_samples()
    {
        DeviceBench bench = DeviceBench.Ready();
        HostFrame endsHigh = HostFrame.Stimulus(1, Rest + LargestStep, HighestCode, HighestCode);
        Assert.Equal(2u, bench.Refuse(endsHigh, RefusalReason.SlewExceeded).Detail);
        bench.Accept(HostFrame.Plan(3, p => p.RestSamples = 0));
        Assert.Equal(2u, bench.Refuse(endsHigh, RefusalReason.SlewExceeded).Detail);
    }

    [Theory]
    [Clause("M-3", Refuses)]
    [InlineData(0, 1)]
    [InlineData(0, -1)]
    [InlineData(1, 1)]
    [InlineData(2, -1)]
    [InlineData(3, 1)]
    public void One_code_more_is_refused_and_told(int index, int sign)
    {
        int[] codes = Enumerable.Repeat(Rest, 6).ToArray();
        codes[index] += sign * (LargestStep + 1);
        Assert.Equal((uint)index, DeviceBench.Ready().Refuse(HostFrame.Stimulus(1, codes), RefusalReason.SlewExceeded).Detail);
    }

    [Fact]
    [Clause("M-3", Refuses)]
    public void A_shot_does_not_start_where_the_shot_before_ended() =>
        Assert.Equal(3u, DeviceBench.Ready().Refuse(
            HostFrame.Stimulus(1, Rest + LargestStep, HighestCode, Rest + LargestStep, HighestCode, HighestCode, HighestCode), RefusalReason.SlewExceeded).Detail);

    [Fact]
    [Clause("M-2", Accepts)]
    [Clause("M-3", Accepts)]
    public void On_a_channel_guarded_by_its_span_every_word_is_a_code_and_is_played()
    {
        DeviceBench bench = DeviceBench.Ready(b => b.Channels[0] = new(
            "drive", ChannelRole.Stimulus, 16, LimitGuard.Span, OnInvalid.SafeValue, -5f, 5f, -5f, 5f, 10f, 0f, 2000000));
        int[] codes = [0, 65535, 0];
        bench.Measure(HostFrame.Stimulus(1, codes));
        Assert.Equal(codes, Assert.Single(bench.Converters.Played).Codes);
    }

    [Fact]
    [Clause("M-3", Refuses)]
    public void On_two_channels_steps_are_counted_per_channel()
    {
        DeviceBench bench = DeviceBench.Connected(b => (b.Channels, b.ProgramBytes) = ([b.Channels[0], .. b.Channels], 0));
        bench.Accept(HostFrame.Arm());
        bench.Accept(HostFrame.Plan(1, p => (p.StimulusChannels, p.StimulusWords) = (2, 6)));
        bench.Accept(HostFrame.Parameters(2, 1, DeviceBench.FirstSet));
        int low = Rest - LargestStep;
        int high = Rest + LargestStep;
        bench.Measure(HostFrame.StimulusOf(1, 0, 1, low, high, low, high, low, high));
        Assert.Equal(3u, bench.Refuse(HostFrame.StimulusOf(2, 1, 1, low, high, low, low, low, high), RefusalReason.SlewExceeded).Detail);
    }

    [Fact]
    [Clause("M-4", Accepts)]
    public void A_measurement_repeats_what_it_answers()
    {
        byte[] measured = DeviceBench.Ready().Measure(HostFrame.StimulusOf(3, ulong.MaxValue, 2, Rest, Rest + 1, Rest, Rest, Rest, Rest - 7));
        Assert.Equal((3u, 9u, 1u), (FrameHeader.Sequence(measured), FrameHeader.RunId(measured), FrameHeader.ParameterVersion(measured)));
        Assert.Equal((ulong.MaxValue, 2), (MeasurementBlock.FirstShot(measured), MeasurementBlock.Shots(measured)));
        Assert.Equal(MeasurementBlock.PayloadBytes(2, 3), FrameHeader.PayloadLength(measured));
        Assert.Equal(Rest - 7, Bytes.GetUInt16(measured, MeasurementBlock.CodesAt + 10));
    }

    [Fact]
    [Clause("M-4", Refuses)]
    public void A_refused_stimulus_brings_no_measurement()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Refuse(HostFrame.Stimulus(1, 0, 0, 0), RefusalReason.OutOfRange);
        Assert.DoesNotContain(bench.Link.Sent, f => FrameHeader.Kind(f) == FrameKind.Measurement);
    }

    [Theory]
    [Clause("M-4", Refuses)]
    [InlineData(0, 4)]
    [InlineData(2, 3)]
    [InlineData(1, 0)]
    public void Words_that_are_not_whole_shots_are_no_measurement(int shots, int words)
    {
        byte[] frame = new byte[FrameHeader.Bytes + MeasurementBlock.FixedBytes + (2 * words)];
        FrameHeader.Write(frame, FrameKind.Measurement, 1, 9, 1, 1, 0);
        MeasurementBlock.Write(frame, 0, shots, 0, 0);
        FrameHeader.Seal(frame, frame.Length - FrameHeader.Bytes, new HostCrc32());
        Assert.Equal(RefusalReason.WrongLength, FrameCheck.Open(frame, frame.Length, 4096, new HostCrc32()));
    }

    [Fact]
    [Clause("M-4", Refuses)]
    public void A_converter_that_fails_brings_no_measurement_but_fault()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Converters.PlayFault = FaultCode.ConverterFailed;
        List<byte[]> answers = bench.Give(HostFrame.Stimulus(1, Rest, Rest, Rest));
        Assert.Equal([FrameKind.Fault, FrameKind.Reply], answers.Select(FrameHeader.Kind).Order().Reverse());
        Assert.Equal(LinkState.Fault, bench.Loop.State);
        Assert.True(bench.Converters.OutputsAreSafe);
    }

    [Fact]
    [Clause("M-5", Accepts)]
    public void An_underrun_is_told()
    {
        DeviceBench bench = DeviceBench.Ready();
        Assert.Equal(0, MeasurementBlock.Flags(bench.Measure(HostFrame.Stimulus(1, Rest, Rest, Rest))));
        bench.Converters.Flags = MeasurementBlock.UnderrunFlag;
        Assert.Equal(MeasurementBlock.UnderrunFlag, MeasurementBlock.Flags(bench.Measure(HostFrame.Stimulus(2, Rest, Rest, Rest))));
    }

    [Theory]
    [Clause("M-5", Refuses)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(0x8001)]
    public void A_flag_of_unknown_meaning_is_refused(int flags)
    {
        byte[] frame = new byte[FrameHeader.Bytes + MeasurementBlock.PayloadBytes(1, 1)];
        FrameHeader.Write(frame, FrameKind.Measurement, 1, 9, 1, 1, 0);
        MeasurementBlock.Write(frame, 0, 1, flags, 0);
        FrameHeader.Seal(frame, frame.Length - FrameHeader.Bytes, new HostCrc32());
        Assert.Equal(RefusalReason.ReservedNotZero, FrameCheck.Open(frame, frame.Length, 4096, new HostCrc32()));
    }

    [Fact]
    [Clause("M-6", Accepts)]
    public void An_armed_device_plays() => Assert.Equal(1u, Played(DeviceBench.Ready()));

    [Fact]
    [Clause("M-6", Refuses)]
    public void An_idle_device_does_not_play() =>
        DeviceBench.Connected().Refuse(HostFrame.Stimulus(1, Rest, Rest, Rest), RefusalReason.NotArmed);

    [Fact]
    [Clause("M-6", Refuses)]
    public void A_device_that_was_disconnected_does_not_play_what_comes_after()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Link.Connected = false;
        bench.Step();
        bench.Link.Connected = true;
        bench.Step();
        bench.Refuse(HostFrame.Stimulus(1, Rest, Rest, Rest), RefusalReason.NotArmed);
    }

    private static uint Played(DeviceBench bench)
    {
        bench.Measure(HostFrame.Stimulus(1, Rest, Rest, Rest));
        return bench.Loop.Counters.BlocksPlayed;
    }

    private static ChannelRecord WithMaxStep(ChannelRecord c, float maxStepVolts) => new(
        c.Name, c.Role, c.Bits, c.Guard, c.OnInvalid, c.MinVolts, c.MaxVolts, c.LimitMinVolts, c.LimitMaxVolts, maxStepVolts, c.SafeVolts, c.MaxRateMilliHertz);
}
