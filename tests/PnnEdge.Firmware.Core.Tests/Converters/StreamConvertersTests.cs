using PnnEdge.Firmware.Core.Converters;
using PnnEdge.Firmware.Core.Tests.Support;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Tests.Converters;

public class StreamConvertersTests
{
    private const uint Rate = 96_000_000;
    private const int Zero = 0;

    private readonly TickingClock _clock = new(stepMicros: 1);
    private readonly RecordingEnable _enable = new();
    private readonly Board _board = new()
    {
        LongestTransferMillis = 32,
        Channels =
        [
            Channel("left", ChannelRole.Stimulus),
            Channel("right", ChannelRole.Stimulus),
            Channel("left", ChannelRole.Measurement),
            Channel("right", ChannelRole.Measurement),
        ],
    };

    [Fact]
    public void A_block_goes_out_whole_with_rest_between_its_shots_and_comes_back_whole()
    {
        LoopedCodecs codecs = new(_clock, lagFrames: 0, staleBytes: 0);
        (int flags, int[] measured) = Play(codecs, [1, 2, 3, 4, 5, 6, 7, 8], ConverterPlans.Plan(2, 2, 1, 0, 3), shots: 2);
        Assert.Equal(0, flags);
        Assert.Equal([1, 2, 3, 4, Zero, Zero, 5, 6, 7, 8, Zero, Zero], measured);
        Assert.Equal([24], codecs.Played);
    }

    [Fact]
    public void The_input_s_lag_stays_in_the_measurement_for_the_host_to_find()
    {
        (_, int[] measured) = Play(new LoopedCodecs(_clock, lagFrames: 2, staleBytes: 0), [1, 2], ConverterPlans.Plan(2, 1, 3, 0, 4), shots: 1);
        Assert.Equal([Zero, Zero, Zero, Zero, 1, 2, Zero, Zero], measured);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1024)]
    [InlineData(12288)] // the stream's whole memory
    public void What_the_input_heard_before_the_block_is_thrown_away(int staleBytes)
    {
        (_, int[] measured) = Play(new LoopedCodecs(_clock, lagFrames: 0, staleBytes), [9, 8], ConverterPlans.Plan(2, 1, 0, 0, 1), shots: 1);
        Assert.Equal([9, 8], measured);
    }

    [Fact]
    public void Only_the_measured_window_is_taken_out()
    {
        (_, int[] measured) = Play(
            new LoopedCodecs(_clock, lagFrames: 0, staleBytes: 0), [1, 2, 3, 4, 5, 6], ConverterPlans.Plan(2, 3, 2, 2, 2), shots: 1);
        Assert.Equal([5, 6, Zero, Zero], measured);
    }

    [Fact]
    public void No_word_is_changed_on_its_way_whatever_its_bits()
    {
        int[] words = [0x0000, 0x8000, 0x7FFF, 0xFFFF];
        (_, int[] measured) = Play(new LoopedCodecs(_clock, lagFrames: 0, staleBytes: 0), words, ConverterPlans.Plan(2, 2, 0, 0, 2), shots: 1);
        Assert.Equal(words, measured);
    }

    [Fact]
    public void A_hand_over_so_slow_that_samples_were_lost_marks_the_block_as_run_dry()
    {
        LoopedCodecs codecs = new(_clock, lagFrames: 0, staleBytes: 0) { PlayMicros = 31_900 };
        Assert.Equal(0, Play(codecs, [1, 2], ConverterPlans.Plan(2, 1, 0, 0, 1), shots: 1).Flags);
        codecs.PlayMicros = 32_001;
        Assert.Equal(MeasurementBlock.UnderrunFlag, Play(codecs, [1, 2], ConverterPlans.Plan(2, 1, 0, 0, 1), shots: 1).Flags);
    }

    [Fact]
    public void Without_an_enable_pulse_nothing_is_played()
    {
        LoopedCodecs codecs = new(_clock, lagFrames: 0, staleBytes: 0);
        Assert.Equal(MeasurementBlock.UnderrunFlag, Play(codecs, [1, 2], ConverterPlans.Plan(2, 1, 0, 0, 1), shots: 1, pulse: false).Flags);
        Assert.Empty(codecs.Played);
    }

    [Fact]
    public void A_block_that_the_memory_cannot_hold_is_a_fault_and_is_not_begun()
    {
        LoopedCodecs codecs = new(_clock, lagFrames: 0, staleBytes: 0);
        Assert.Equal(0, Play(codecs, [1, 2], ConverterPlans.Plan(2, 1, 3071, 0, 1), shots: 1).Flags); // 32 ms at 96 kHz
        Assert.Equal(-(int)FaultCode.ConverterFailed, Play(codecs, [1, 2], ConverterPlans.Plan(2, 1, 3072, 0, 1), shots: 1).Flags);
        Assert.Single(codecs.Played);
    }

    [Fact]
    public void Steady_playing_allocates_nothing()
    {
        LoopedCodecs codecs = new(_clock, lagFrames: 0, staleBytes: 0);
        StreamConverters converters = Converters(codecs);
        RunPlan plan = ConverterPlans.Plan(2, 100, 20, 0, 120);
        byte[] stimulus = new byte[400], measurement = new byte[480];
        converters.SetSampleRate(Rate);
        converters.PulseEnable();
        for (int i = 0; i < 100; i++)
        {
            codecs.Played.Clear();
            converters.Play(plan, 0, 1, stimulus, 0, measurement, 0);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            codecs.Played.Clear();
            converters.Play(plan, 0, 1, stimulus, 0, measurement, 0);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Channels_that_do_not_rest_at_0_V_or_do_not_pair_are_refused()
    {
        LoopedCodecs codecs = new(_clock, lagFrames: 0, staleBytes: 0);
        ChannelRecord drive = new("drive", ChannelRole.Stimulus, 16, LimitGuard.Span, OnInvalid.SafeValue, -1f, 1f, -1f, 1f, 2f, 0.5f, Rate, 1, ChannelCoding.TwosComplement);
        Board unsafeRest = new() { LongestTransferMillis = 32, Channels = [drive, _board.Channels[2]] };
        Board unpaired = new() { LongestTransferMillis = 32, Channels = [_board.Channels[0], _board.Channels[1], _board.Channels[2]] };
        Assert.Contains("rests at 0 V", Assert.Throws<ArgumentException>(() => Converters(codecs, unsafeRest)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Converters(codecs, unpaired));
        Board offset = new() { LongestTransferMillis = 32, Channels = [ConverterPlans.Channel("d", ChannelRole.Stimulus, 16, 2f, Rate), _board.Channels[2]] };
        Assert.Contains("two's complement", Assert.Throws<ArgumentException>(() => Converters(codecs, offset)).Message, StringComparison.Ordinal);
    }

    private static ChannelRecord Channel(string name, ChannelRole role) => new(
        name, role, 16, LimitGuard.Span, OnInvalid.SafeValue, -2f, 2f, -2f, 2f, 4f, 0f, Rate, 1, ChannelCoding.TwosComplement);

    private StreamConverters Converters(LoopedCodecs codecs, Board? board = null) => new(board ?? _board, codecs, 256, [], _enable, _clock);

    private (int Flags, int[] Measured) Play(LoopedCodecs codecs, int[] codes, RunPlan plan, int shots, bool pulse = true)
    {
        StreamConverters converters = Converters(codecs);
        converters.SetSampleRate(Rate);
        if (pulse)
        {
            converters.PulseEnable();
        }

        byte[] stimulus = new byte[2 * codes.Length];
        for (int i = 0; i < codes.Length; i++)
        {
            Bytes.PutUInt16(stimulus, 2 * i, codes[i]);
        }

        byte[] measurement = new byte[2 * shots * plan.MeasurementWords];
        int flags = converters.Play(plan, 0, shots, stimulus, 0, measurement, 0);
        return (flags, [.. Enumerable.Range(0, measurement.Length / 2).Select(i => (int)Bytes.GetUInt16(measurement, 2 * i))]);
    }
}
