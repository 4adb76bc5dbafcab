using PnnEdge.Firmware.Core.Tests.Support;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Tests.Run;

public class PlayTests
{
    // 2 V of 20 V in 4096 codes.
    private const int LargestStep = 409;

    [Fact]
    public void A_parameter_version_keeps_its_values()
    {
        Rig rig = Rig.Ready();
        Answer refused = rig.Ask(rig.Parameters(1, 0.1f, 0.1f));
        Assert.Equal(RefusalReason.WrongParameterHash, refused.Reason);
        List<float> set = [];
        rig.Converters.Setting = (_, volts) => set.Add(volts);
        rig.Measure(rig.Stimulus(1, Rig.Ramp()));
        Assert.Equal(Rig.Volts, set);
    }

    [Fact]
    public void Actuators_are_set_when_another_set_is_named_and_only_then()
    {
        Rig rig = Rig.Ready();
        rig.Accept(rig.Parameters(2, 0.25f, 0.25f));
        rig.Measure(rig.Stimulus(1, Rig.Ramp()));
        rig.Measure(rig.Stimulus(2, Rig.Ramp()));
        Assert.Equal(2, rig.Converters.ActuatorsSet);
        rig.Measure(rig.Stimulus(3, Rig.Ramp(), version: 2, volts: [0.25f, 0.25f]));
        Assert.Equal(4, rig.Converters.ActuatorsSet);
        rig.Measure(rig.Stimulus(4, Rig.Ramp()));
        Assert.Equal(6, rig.Converters.ActuatorsSet);
    }

    [Fact]
    public void A_set_stored_in_the_place_of_the_applied_one_is_applied_when_named()
    {
        Rig rig = Rig.Ready();
        rig.Measure(rig.Stimulus(1, Rig.Ramp()));

        // Three places: version 4 takes that of version 1, which is what the actuators hold.
        for (uint version = 2; version <= 4; version++)
        {
            rig.Accept(rig.Parameters(version, 0.1f * version, 0f));
        }

        List<float> set = [];
        rig.Converters.Setting = (_, volts) => set.Add(volts);
        rig.Measure(rig.Stimulus(2, Rig.Ramp(), version: 4, volts: [0.1f * 4, 0f]));
        Assert.Equal([0.1f * 4, 0f], set);
        Assert.Equal(RefusalReason.UnknownParameters, rig.Ask(rig.Stimulus(3, Rig.Ramp())).Reason);
    }

    [Fact]
    public void Outputs_made_safe_between_two_leases_are_set_again()
    {
        Rig rig = Rig.Ready();
        rig.Measure(rig.Stimulus(1, Rig.Ramp()));
        rig.Step(1000);
        Assert.True(rig.Converters.OutputsAreSafe);
        rig.Prepare();
        rig.Measure(rig.Stimulus(1, Rig.Ramp()));
        Assert.Equal(4, rig.Converters.ActuatorsSet);
    }

    [Fact]
    public void A_slower_clock_than_asked_that_makes_the_block_too_long_is_refused_and_the_old_one_set_again()
    {
        Rig rig = Rig.Ready();
        Assert.Equal(1_000_000u, rig.Converters.RateMilliHertz);
        rig.Converters.Rate = asked => asked == 2_000_000 ? 500_000 : asked;
        Answer refused = rig.Ask(rig.Plan(p => p.SampleRateMilliHertz = 2_000_000));
        Assert.Equal((RefusalReason.PlanUnsupported, (uint)PlanLimit.TransferTime, 100u), (refused.Reason, refused.Detail, refused.ValueSet));
        Assert.Equal(1_000_000u, rig.Converters.RateMilliHertz);
        rig.Converters.Rate = _ => 0;
        Assert.Equal(RefusalReason.PlanUnsupported, rig.Ask(rig.Plan()).Reason);
        rig.Converters.Rate = asked => asked - 1;
        Assert.Equal(999_999u, rig.Accept(rig.Plan(p => p.ShotsPerBlock = 19)).ValueSet);
        rig.Measure(rig.Stimulus(1, Rig.Ramp()));
    }

    [Fact]
    public void The_time_of_many_short_shots_is_not_rounded_away()
    {
        Rig rig = Rig.Ready();

        // 1.9 µs a shot at 1.05 MHz, and 100 ms hold 52,500 of them; rounded down to 1 µs each it would be 100,000.
        RunPlan plan = new() { SampleRateMilliHertz = 1_050_000_000, StimulusWords = 1, RestSamples = 1, ShotsPerBlock = 60_000, StimulusChannels = 1 };
        Assert.Equal(114_286, plan.BlockMicros(60_000));
        Assert.Equal(2, plan.BlockMicros(1));
        Answer refused = rig.Ask(rig.Plan(p => p.SettleMicros = 1));
        Assert.Equal((RefusalReason.PlanUnsupported, (uint)PlanLimit.TransferTime), (refused.Reason, refused.Detail));
    }

    [Fact]
    public void The_way_back_to_rest_is_a_step_too()
    {
        Rig rig = Rig.Ready();
        int up = Rig.RestCode + LargestStep;
        rig.Measure(rig.Stimulus(1, [up, up + 200, up + 200, up]));
        Answer refused = rig.Ask(rig.Stimulus(2, [up, up, up, up + 1]));
        Assert.Equal((RefusalReason.SlewExceeded, 3u), (refused.Reason, refused.Detail));
    }

    [Fact]
    public void A_word_and_an_actuator_of_the_same_index_are_told_apart_when_their_step_is_too_large()
    {
        Rig rig = Rig.Ready();
        int tooHigh = Rig.RestCode + LargestStep + 1;
        rig.Measure(rig.Stimulus(1, Rig.Ramp()));
        rig.Accept(rig.Parameters(2, Rig.Volts[0], 1f));
        Answer word = rig.Ask(rig.Stimulus(2, [Rig.RestCode, tooHigh, Rig.RestCode, Rig.RestCode]));
        Answer actuator = rig.Ask(rig.Stimulus(2, Rig.Ramp(), version: 2, volts: [Rig.Volts[0], 1f]));
        Assert.Equal((RefusalReason.SlewExceeded, 1u), (word.Reason, word.Detail));
        Assert.Equal((RefusalReason.SlewExceeded, 1u | ReplyFrame.ActuatorDetailFlag), (actuator.Reason, actuator.Detail));
    }

    [Fact]
    public void Shots_without_rest_between_them_step_from_the_last_word_to_the_next()
    {
        Rig rig = Rig.Ready();
        int up = Rig.RestCode + LargestStep, down = Rig.RestCode - LargestStep;
        int[] jump = [up, up, up, up, down, down, down, down];
        rig.Measure(rig.Stimulus(1, jump));
        rig.Accept(rig.Plan(p => p.RestSamples = 0));
        Answer refused = rig.Ask(rig.Stimulus(2, jump));
        Assert.Equal((RefusalReason.SlewExceeded, 4u), (refused.Reason, refused.Detail));

        // Two shots at the top need no way back between them.
        rig.Measure(rig.Stimulus(2, [up, up + 200, up + 200, up + 200, up + 200, up + 200, up + 200, up]));

        // But after the block there is one.
        refused = rig.Ask(rig.Stimulus(3, [up, up, up, up, up, up, up, up + 1]));
        Assert.Equal((RefusalReason.SlewExceeded, 7u), (refused.Reason, refused.Detail));
    }

    [Fact]
    public void A_step_limit_beyond_the_range_allows_every_code()
    {
        Rig rig = new(beforeBoot: r => r.Board.Channels[0] =
            new("drive", ChannelRole.Stimulus, 12, LimitGuard.PerWord, OnInvalid.SafeValue, -10f, 10f, -10f, 10f, float.MaxValue, 0f, 2_000_000));
        rig.Step();
        rig.Prepare();
        rig.Measure(rig.Stimulus(1, [0, 4095, 0, 4095]));
        Assert.Equal(RefusalReason.OutOfRange, rig.Ask(rig.Stimulus(2, [0, 4096, 0, 0])).Reason);
    }
}
