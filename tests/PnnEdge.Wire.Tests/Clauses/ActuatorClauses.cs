using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Tests.Device;

namespace PnnEdge.Wire.Tests.Clauses;

public class ActuatorClauses
{
    private static HostFrame Rest(uint sequence, uint version = 1, params float[] set) => HostFrame.Stimulus(sequence, 2048, 2048, 2048) with
    {
        Version = version,
        Hash = HostFrame.HashOf(set.Length == 0 ? DeviceBench.FirstSet : set),
    };

    [Theory]
    [Clause("A-1", Accepts)]
    [InlineData(0f)]
    [InlineData(float.Epsilon)]
    [InlineData(1.75f)]
    public void A_finite_value_is_taken(float volts) => DeviceBench.Ready().Accept(HostFrame.Parameters(3, 2, volts, 1f));

    [Theory]
    [Clause("A-1", Refuses)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_value_that_is_not_finite_is_refused(float volts) =>
        DeviceBench.Ready().RefuseUnanswered(HostFrame.Parameters(3, 2, 1f, volts), RefusalReason.NotFinite);

    [Fact]
    [Clause("A-2", Accepts)]
    public void Both_limits_themselves_are_inside() =>
        Assert.Equal(2u, DeviceBench.Ready().Accept(HostFrame.Parameters(3, 2, 0f, 3f)).ValueSet);

    [Theory]
    [Clause("A-2", Refuses)]
    [InlineData(-0.0001f, 1f, 0u)]
    [InlineData(1f, 3.0001f, 1u)]
    [InlineData(float.MaxValue, 1f, 0u)]
    [InlineData(1f, float.MinValue, 1u)]
    public void A_value_outside_is_refused_with_its_index_and_the_whole_set(float first, float second, uint index)
    {
        DeviceBench bench = DeviceBench.Ready();
        Assert.Equal(index, bench.Refuse(HostFrame.Parameters(3, 2, first, second), RefusalReason.OutOfRange).Detail);
        bench.Refuse(Rest(1, 2, first, second), RefusalReason.UnknownParameters);
    }

    [Fact]
    [Clause("A-3", Accepts)]
    public void A_bench_without_actuators_takes_the_empty_set()
    {
        DeviceBench bench = DeviceBench.Connected(b => b.Channels = b.Channels[..2]);
        bench.Accept(HostFrame.Arm());
        bench.Accept(HostFrame.Plan(1, p => p.Actuators = 0));
        Assert.Equal(0u, bench.Accept(HostFrame.Parameters(2, 1)).ValueSet);
        bench.Measure(HostFrame.Stimulus(1, 2048, 2048, 2048) with { Hash = HostFrame.HashOf() });
    }

    [Theory]
    [Clause("A-3", Refuses)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void A_set_of_another_length_is_refused_and_told_the_right_one(int values) =>
        Assert.Equal(2u, DeviceBench.Ready().Refuse(
            HostFrame.Parameters(3, 2, Enumerable.Repeat(1f, values).ToArray()), RefusalReason.WrongLength).Detail);

    [Fact]
    [Clause("A-4", Accepts)]
    public void The_hash_is_the_crc_of_the_payload()
    {
        byte[] payload = [2, 0, 0, 0, .. BitConverter.GetBytes(1.5f), .. BitConverter.GetBytes(1.25f)];
        Assert.Equal(Vectors.ReferenceCrc32.Of(payload), HostFrame.HashOf(DeviceBench.FirstSet));
        DeviceBench.Ready().Accept(HostFrame.Parameters(3, 2, 1f, 1f));
    }

    [Fact]
    [Clause("A-4", Accepts)]
    public void The_same_version_with_the_same_values_may_come_again() =>
        DeviceBench.Ready().Accept(HostFrame.Parameters(3, 1, DeviceBench.FirstSet));

    [Theory]
    [Clause("A-4", Refuses)]
    [InlineData(0u)]
    [InlineData(0xFFFFFFFFu)]
    public void Another_hash_in_the_header_is_refused(uint hash) =>
        Assert.Equal(
            HostFrame.HashOf(1f, 1f),
            DeviceBench.Ready().Refuse(HostFrame.Parameters(3, 2, 1f, 1f) with { Hash = hash }, RefusalReason.WrongParameterHash).Detail);

    [Fact]
    [Clause("A-4", Refuses)]
    public void A_version_does_not_change_its_values_within_an_epoch()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Refuse(HostFrame.Parameters(3, 1, 1f, 1f), RefusalReason.WrongParameterHash);
        bench.Measure(Rest(1));
        Assert.Contains("set 0 to 1.5 V", bench.Converters.Calls);
    }

    [Fact]
    [Clause("A-5", Accepts)]
    public void A_set_is_applied_when_a_stimulus_names_it_and_once()
    {
        DeviceBench bench = DeviceBench.Ready();
        Assert.DoesNotContain(bench.Converters.Calls, c => c.StartsWith("set", StringComparison.Ordinal));
        bench.Measure(Rest(1));
        bench.Measure(Rest(2));
        Assert.Equal(
            ["set 0 to 1.5 V", "set 1 to 1.25 V", "play 1 shots from 100", "play 1 shots from 100"],
            bench.Converters.Calls.SkipWhile(c => c == "safe"));
    }

    [Fact]
    [Clause("A-5", Accepts)]
    public void A_long_way_is_walked_in_steps()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Accept(HostFrame.Parameters(3, 2, 2f, 1f));
        bench.Accept(HostFrame.Parameters(4, 3, 3f, 0f));
        bench.Measure(Rest(1, 2, 2f, 1f));
        bench.Measure(Rest(2, 3, 3f, 0f));
        Assert.Contains("set 0 to 3 V", bench.Converters.Calls);
    }

    [Fact]
    [Clause("A-5", Refuses)]
    public void A_step_beyond_the_largest_is_refused_with_the_stimulus_that_asks_for_it()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Accept(HostFrame.Parameters(3, 2, 1f, 2.5f));
        Assert.Equal(0x80000001u, bench.Refuse(Rest(1, 2, 1f, 2.5f), RefusalReason.SlewExceeded).Detail);
        Assert.Empty(bench.Converters.Played);
    }

    [Fact]
    [Clause("A-5", Refuses)]
    public void After_a_lapse_steps_count_from_the_safe_values_again()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Accept(HostFrame.Parameters(3, 2, 2f, 1f));
        bench.Measure(Rest(1, 2, 2f, 1f));
        bench.Step(1000);
        bench.Accept(HostFrame.Arm());
        bench.Accept(HostFrame.Plan(1));
        bench.Accept(HostFrame.Parameters(2, 1, 2.5f, 1f));
        Assert.Equal(0x80000000u, bench.Refuse(Rest(1, 1, 2.5f, 1f), RefusalReason.SlewExceeded).Detail);
    }

    [Fact]
    [Clause("A-6", Accepts)]
    public void The_newest_sets_are_kept_and_chosen_by_version()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Accept(HostFrame.Parameters(3, 7, 1f, 1f));
        bench.Measure(Rest(1, 7, 1f, 1f));
        bench.Measure(Rest(2, 1));
        Assert.Equal(1u, FrameHeader.ParameterVersion(bench.Measure(Rest(3, 1))));
    }

    [Fact]
    [Clause("A-6", Refuses)]
    public void A_version_never_sent_is_refused() => DeviceBench.Ready().Refuse(Rest(1, 2), RefusalReason.UnknownParameters);

    [Fact]
    [Clause("A-6", Refuses)]
    public void The_oldest_set_made_room_and_is_refused()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Accept(HostFrame.Parameters(3, 2, 1f, 1f));
        bench.Accept(HostFrame.Parameters(4, 3, 1f, 1.5f));
        bench.Refuse(Rest(1, 1), RefusalReason.UnknownParameters);
        bench.Measure(Rest(1, 2, 1f, 1f));
    }

    [Fact]
    [Clause("A-6", Refuses)]
    public void A_set_that_took_the_place_of_the_applied_one_is_applied_too()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Measure(Rest(1));
        bench.Accept(HostFrame.Parameters(3, 2, 1f, 1f));
        bench.Accept(HostFrame.Parameters(4, 3, 1f, 0.5f));
        bench.Measure(Rest(2, 3, 1f, 0.5f));
        Assert.Contains("set 1 to 0.5 V", bench.Converters.Calls);
    }

    [Fact]
    [Clause("A-7", Accepts)]
    public void Version_and_hash_that_belong_together_ride_on_the_measurement()
    {
        byte[] measured = DeviceBench.Ready().Measure(Rest(1));
        Assert.Equal((1u, HostFrame.HashOf(DeviceBench.FirstSet)), (FrameHeader.ParameterVersion(measured), FrameHeader.ParameterHash(measured)));
    }

    [Theory]
    [Clause("A-7", Refuses)]
    [InlineData(0u)]
    [InlineData(0xFFFFFFFFu)]
    [InlineData(0x12345678u)]
    public void Another_hash_for_a_known_version_is_refused_and_the_right_one_told(uint hash) =>
        Assert.Equal(
            HostFrame.HashOf(DeviceBench.FirstSet),
            DeviceBench.Ready().Refuse(Rest(1) with { Hash = hash }, RefusalReason.WrongParameterHash).Detail);

    /// <summary>Three values of ±2 V, then two of 0 to 3 V that are safe at 1 V.</summary>
    private static DeviceBench Banks(params float[] first)
    {
        DeviceBench bench = DeviceBench.Connected(b => b.Channels = [b.Channels[0], b.Channels[1], DeviceBench.Bank("coupling", 3), b.Channels[2], b.Channels[3]]);
        bench.Accept(HostFrame.Arm());
        bench.Accept(HostFrame.Plan(1, p => p.Actuators = 5));
        if (first.Length != 0)
        {
            bench.Accept(HostFrame.Parameters(2, 1, first));
        }

        return bench;
    }

    [Fact]
    [Clause("A-2", Accepts)]
    [Clause("A-8", Accepts)]
    public void Every_value_of_a_bank_is_judged_by_the_limits_of_its_bank() =>
        Assert.Equal(5u, Banks().Accept(HostFrame.Parameters(2, 1, -2f, 2f, -1f, 0f, 3f)).ValueSet);

    [Theory]
    [Clause("A-8", Refuses)]
    [InlineData(0, -2.001f)]
    [InlineData(2, 3f)]
    [InlineData(3, -0.001f)]
    [InlineData(4, 3.001f)]
    public void A_value_outside_its_bank_is_told_by_its_index_through_all_banks(int index, float volts)
    {
        float[] set = [0f, 0f, 0f, 1f, 1f];
        set[index] = volts;
        Assert.Equal((uint)index, Banks().Refuse(HostFrame.Parameters(2, 1, set), RefusalReason.OutOfRange).Detail);
    }

    [Theory]
    [Clause("A-8", Refuses)]
    [InlineData(1, 1.001f)]
    [InlineData(2, -1.5f)]
    [InlineData(3, 2.5f)]
    public void A_step_beyond_its_bank_is_told_by_its_index_through_all_banks(int index, float volts)
    {
        float[] set = [0f, 0f, 0f, 1f, 1f];
        set[index] = volts;
        Assert.Equal(0x80000000u + (uint)index, Banks(set).Refuse(Rest(1, 1, set), RefusalReason.SlewExceeded).Detail);
    }

    [Fact]
    [Clause("A-8", Refuses)]
    public void An_actuator_that_fails_is_told_in_the_fault_by_its_index_and_named()
    {
        float[] set = [0f, 0f, 0.5f, 1f, 1f];
        DeviceBench bench = Banks(set);
        (bench.Converters.SetFault, bench.Converters.SetFailsAt) = (FaultCode.ActuatorReadback, 2);
        List<byte[]> answers = bench.Give(Rest(1, 1, set));
        FaultReport fault = FaultReport.Read(answers.Single(f => FrameHeader.Kind(f) == FrameKind.Fault));
        Assert.Equal((2, 0.5f, 2f, "actuator coupling 2 did not take its value"), (fault.Actuator, fault.Asked, fault.Limit, fault.Text));
    }

    [Fact]
    [Clause("A-3", Accepts)]
    public void All_values_of_all_banks_reach_the_outputs_in_their_order()
    {
        float[] set = [0.25f, 0.5f, 0.75f, 1f, 1.25f];
        DeviceBench bench = Banks(set);
        bench.Measure(Rest(1, 1, set));
        Assert.Equal(
            ["set 0 to 0.25 V", "set 1 to 0.5 V", "set 2 to 0.75 V", "set 3 to 1 V", "set 4 to 1.25 V"],
            bench.Converters.Calls.Where(c => c.StartsWith("set", StringComparison.Ordinal)));
    }

    [Theory]
    [Clause("A-3", Refuses)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    public void A_set_of_the_banks_alone_or_of_one_value_less_or_more_is_refused(int values) => Assert.Equal(
        5u, Banks().Refuse(HostFrame.Parameters(2, 1, Enumerable.Repeat(1f, values).ToArray()), RefusalReason.WrongLength).Detail);
}
