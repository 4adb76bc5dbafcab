using PnnEdge.Firmware.Core.Converters;
using PnnEdge.Firmware.Core.Tests.Support;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Tests.Converters;

public class WordConvertersTests
{
    private const int Rest = 2048;

    private readonly TickingClock _clock = new(stepMicros: 10);
    private readonly RecordingOutput _drive = new();
    private readonly RecordingOutput _bias = new();
    private readonly RecordingEnable _enable = new();
    private readonly WordConverters _converters;
    private int _reading;
    private bool _inputBroken;

    public WordConvertersTests()
    {
        Board board = new()
        {
            Channels =
            [
                ConverterPlans.Channel("drive", ChannelRole.Stimulus, 12, 2f, 250_000),
                ConverterPlans.Channel("node", ChannelRole.Measurement, 12, 2f, 250_000),
                ConverterPlans.Channel("bias", ChannelRole.Actuator, 12, 4f, 0),
            ],
        };
        // The input sees the output: what it is at the moment of reading.
        FollowingInput node = new(() => _inputBroken ? -2 : _drive.Codes[^1] + (1000 * _reading++));
        _converters = new WordConverters(board, [_drive], [node], [_bias], _enable, _clock);
    }

    [Fact]
    public void Each_sample_is_driven_then_held_then_read_at_its_end()
    {
        _converters.PulseEnable();
        (int flags, int[] measured) = Play([100, 200, 300], ConverterPlans.Plan(1, 3, 2, 0, 5), shots: 1);
        Assert.Equal(0, flags);
        Assert.Equal([100, 200, 300, Rest, Rest], _drive.Codes);
        Assert.Equal([100, 1200, 2300, 3000 + Rest, 4000 + Rest], measured);
    }

    [Fact]
    public void Samples_are_a_period_apart()
    {
        List<long> at = [];
        long now = 0;
        _clock.Reading = micros => now = micros;
        _drive.Writing = _ => at.Add(now);
        _converters.PulseEnable();
        Assert.Equal(250_000u, _converters.SetSampleRate(250_000));
        Play([1, 2, 3, 4], ConverterPlans.Plan(1, 4, 0, 0, 4), shots: 1);
        // A busy wait sees the time to one step of the clock, and each sample is counted from the first.
        Assert.All(Enumerable.Range(1, 3), i => Assert.InRange(at[i] - at[0], (4000 * i) - 20, (4000 * i) + 20));
    }

    [Fact]
    public void Only_the_measured_window_of_every_shot_is_read()
    {
        _converters.PulseEnable();
        (_, int[] measured) = Play([1, 2, 3, 4, 5, 6], ConverterPlans.Plan(1, 3, 1, 1, 2), shots: 2);
        Assert.Equal([2, 1003, 2005, 3006], measured);
        Assert.Equal([1, 2, 3, Rest, 4, 5, 6, Rest, Rest], _drive.Codes);
    }

    [Fact]
    public void A_rate_between_whole_microseconds_is_told_as_it_was_really_set()
    {
        Assert.Equal(300_030u, _converters.SetSampleRate(300_000)); // 3333 µs
        Assert.Equal(100_000u, _converters.SetSampleRate(100_000));
    }

    [Fact]
    public void An_output_more_than_a_sample_late_marks_the_block_as_run_dry()
    {
        _converters.PulseEnable();
        _converters.SetSampleRate(250_000);
        _drive.Writing = code => _clock.Advance(code == 2 ? 4_100 : 0); // of 4 ms: it would be read as soon as it is there
        (int flags, _) = Play([1, 2, 3], ConverterPlans.Plan(1, 3, 0, 0, 3), shots: 1);
        Assert.Equal(MeasurementBlock.UnderrunFlag, flags);
    }

    [Theory]
    [InlineData(6_000)] // to be made up for with the next two, were it not seen at once
    [InlineData(10_000)]
    [InlineData(14_000)] // before the last reading
    public void A_slice_of_another_thread_between_two_samples_marks_the_block_as_run_dry(long afterMicros)
    {
        _converters.PulseEnable();
        _converters.SetSampleRate(250_000);
        long start = 0;
        bool taken = false;
        _clock.Reading = now =>
        {
            start = start == 0 ? now : start;
            if (!taken && now - start > afterMicros)
            {
                taken = true;
                _clock.Advance(7_000);
            }
        };
        (int flags, _) = Play([1, 2, 3, 4], ConverterPlans.Plan(1, 4, 0, 0, 4), shots: 1);
        Assert.True(taken);
        Assert.Equal(MeasurementBlock.UnderrunFlag, flags);
    }

    [Fact]
    public void A_sample_that_is_less_late_is_made_up_for()
    {
        _converters.PulseEnable();
        _converters.SetSampleRate(250_000);
        _drive.Writing = code => _clock.Advance(code == 2 ? 3_000 : 0);
        Assert.Equal(0, Play([1, 2, 3], ConverterPlans.Plan(1, 3, 0, 0, 3), shots: 1).Flags);
    }

    [Fact]
    public void Without_an_enable_pulse_nothing_is_driven()
    {
        (int flags, _) = Play([1], ConverterPlans.Plan(1, 1, 0, 0, 1), shots: 1, seen: Rest);
        Assert.Equal(MeasurementBlock.UnderrunFlag, flags);
        Assert.DoesNotContain(1, _drive.Codes);
    }

    [Fact]
    public void Making_safe_while_a_block_is_played_ends_it_at_the_safe_value()
    {
        _converters.PulseEnable();
        Thread? watchdog = null;
        _drive.Writing = code =>
        {
            if (code == 2)
            {
                watchdog = new Thread(() => _converters.MakeSafe());
                watchdog.Start(); // waits for the gate that the writer holds
            }
        };
        _clock.Reading = _ => watchdog?.Join(); // the loop waits for the sample's end, without the gate
        (int flags, _) = Play([1, 2, 3, 4], ConverterPlans.Plan(1, 4, 0, 0, 4), shots: 1);
        Assert.Equal(MeasurementBlock.UnderrunFlag, flags);
        Assert.Equal([1, 2, Rest], _drive.Codes);
        Assert.True(_enable.Released);
    }

    [Fact]
    public void The_enable_line_is_kept_up_while_a_long_block_is_played()
    {
        _converters.PulseEnable();
        _converters.SetSampleRate(250_000);
        Play([.. Enumerable.Repeat(7, 50)], ConverterPlans.Plan(1, 50, 0, 0, 50), shots: 1); // 200 ms
        // The first by the loop, then one at the first sample's end after every 20 ms: 24 ms apart at most.
        Assert.InRange(_enable.Edges, 1 + (200 / 24), 1 + (200 / 20));
    }

    [Fact]
    public void A_converter_that_does_not_take_a_word_is_a_fault()
    {
        _converters.PulseEnable();
        _drive.Codes.Add(0);
        _drive.Broken = true;
        Assert.Equal(-(int)FaultCode.ConverterFailed, Play([1], ConverterPlans.Plan(1, 1, 0, 0, 1), shots: 1).Flags);
        Assert.Equal(FaultCode.ConverterFailed, _converters.MakeSafe());
    }

    [Fact]
    public void An_input_that_gives_no_reading_is_a_fault()
    {
        _converters.PulseEnable();
        _inputBroken = true;
        Assert.Equal(-(int)FaultCode.ConverterFailed, Play([1], ConverterPlans.Plan(1, 1, 0, 0, 1), shots: 1).Flags);
    }

    [Fact]
    public void An_actuator_takes_the_code_of_its_volts_and_one_that_fails_is_named()
    {
        Assert.Equal(FaultCode.ActuatorReadback, _converters.SetActuators([1f], out _)); // not enabled
        Assert.Empty(_bias.Codes);
        _converters.PulseEnable();
        Assert.Equal(FaultCode.None, _converters.SetActuators([1f], out int failed));
        Assert.Equal([2560], _bias.Codes); // (1 + 4) / 8 of 4096
        Assert.Equal(0, failed);
        _bias.Broken = true;
        Assert.Equal(FaultCode.ActuatorReadback, _converters.SetActuators([1f], out failed));
        Assert.Equal(FaultCode.ActuatorReadback, _converters.MakeSafe());
    }

    [Fact]
    public void The_settling_time_passes_before_a_block_that_follows_an_actuator_and_only_then()
    {
        _converters.PulseEnable();
        RunPlan plan = ConverterPlans.Plan(1, 1, 0, 0, 1);
        plan.SettleMicros = 50_000;
        _converters.SetSampleRate(250_000);
        _converters.SetActuators([0f], out _);
        long before = _clock.Micros();
        Play([1], plan, shots: 1);
        long between = _clock.Micros();
        Play([1], plan, shots: 1);
        Assert.InRange(between - before, 54_000, 54_200);
        Assert.InRange(_clock.Micros() - between, 4_000, 4_200);
    }

    [Fact]
    public void The_enable_line_is_kept_up_while_an_actuator_settles_for_longer_than_the_monostable_holds()
    {
        _converters.PulseEnable();
        RunPlan plan = ConverterPlans.Plan(1, 1, 0, 0, 1);
        plan.SettleMicros = 500_000;
        _converters.SetSampleRate(250_000);
        _converters.SetActuators([0f], out _);
        int before = _enable.Edges;
        Play([1], plan, shots: 1);
        Assert.InRange(_enable.Edges - before, 24, 25); // one in 20 ms of 504
    }

    [Fact]
    public void A_board_that_wires_up_another_number_of_converters_is_refused()
    {
        Board board = new() { Channels = [ConverterPlans.Channel("drive", ChannelRole.Stimulus, 12, 2f, 1)] };
        Assert.Throws<ArgumentException>(() => new WordConverters(board, [], [], [], _enable, _clock));
        Assert.Throws<ArgumentException>(() => new WordConverters(board, [_drive], [new FollowingInput(() => 0)], [], _enable, _clock));
    }

    private (int Flags, int[] Measured) Play(int[] codes, RunPlan plan, int shots, int? seen = null)
    {
        if (seen is int code)
        {
            _drive.Codes.Add(code);
        }

        byte[] stimulus = new byte[2 * codes.Length];
        for (int i = 0; i < codes.Length; i++)
        {
            Bytes.PutUInt16(stimulus, 2 * i, codes[i]);
        }

        byte[] measurement = new byte[2 * shots * plan.MeasurementWords];
        int flags = _converters.Play(plan, 0, shots, stimulus, 0, measurement, 0);
        return (flags, [.. Enumerable.Range(0, measurement.Length / 2).Select(i => (int)Bytes.GetUInt16(measurement, 2 * i))]);
    }
}
