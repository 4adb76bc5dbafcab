using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Tests.Cost;

/// <summary>What frames cost on the device, in operations that its interpreter executes: counted, not timed, so that a regression shows on any machine.</summary>
/// <remarks>Counted in the desktop compiler's code, of which the device's is a close relative; CRC-32 and copies of memory are native there and count as a call.</remarks>
public sealed class FrameCostTests(ITestOutputHelper output)
{
    private static readonly CountedFirmware Firmware = new();

    [Fact]
    public void No_word_is_looked_at_where_the_span_guards()
    {
        OperationCount few = Firmware.Of(nameof(CostScenarios.Frame), 1, LimitGuard.Span), many = Firmware.Of(nameof(CostScenarios.Frame), 20, LimitGuard.Span);
        output.WriteLine($"1 shot: {few}");
        output.WriteLine($"20 shots: {many}");
        Assert.Equal(few.Counts, many.Counts);
    }

    [Fact]
    public void A_word_that_is_checked_costs_the_same_wherever_it_stands()
    {
        long ten = Firmware.Of(nameof(CostScenarios.Frame), 10, LimitGuard.PerWord).Total;
        long eleven = Firmware.Of(nameof(CostScenarios.Frame), 11, LimitGuard.PerWord).Total;
        long twenty = Firmware.Of(nameof(CostScenarios.Frame), 20, LimitGuard.PerWord).Total;
        Assert.Equal(10 * (eleven - ten), twenty - ten);
        Assert.InRange((eleven - ten) / 4.0, 1, 70);
    }

    [Theory]
    [InlineData(LimitGuard.Span, 20, 2_800)] // about 4 ms on an ESP32, however long the block
    [InlineData(LimitGuard.PerWord, 20, 8_400)] // about 9 ms: 66 operations or 60 µs a word more, which the slow path has
    public void A_frame_stays_within_its_budget(LimitGuard guard, int shots, long mostOperations)
    {
        OperationCount cost = Firmware.Of(nameof(CostScenarios.Frame), shots, guard);
        output.WriteLine($"{guard}, {shots} shots: {cost}");
        Assert.Equal(0, cost[OperationKind.New]);
        Assert.InRange(cost.Total, 1, mostOperations);
    }

    [Fact]
    public void A_pass_in_which_nothing_came_stays_within_its_budget()
    {
        OperationCount cost = Firmware.Of(nameof(CostScenarios.Idle));
        output.WriteLine($"idle: {cost}");
        Assert.Equal(0, cost[OperationKind.New]);
        Assert.InRange(cost.Total, 1, 255); // 0.6 ms
    }

    [Fact]
    public void A_sample_played_word_by_word_leaves_time_for_its_converters_at_250_a_second()
    {
        OperationCount forty = Firmware.Of(nameof(CostScenarios.Words), 40);
        Assert.Equal(0, forty[OperationKind.New]);
        double sample = (forty.EstimatedMicros - Firmware.Of(nameof(CostScenarios.Words), 20).EstimatedMicros) / 20;
        output.WriteLine($"a sample: about {sample:f0} µs on an ESP32");
        // Of 4,000 µs the two native calls take up to 400; half of the rest is the collector's and the radio's.
        Assert.InRange(sample, 1, 1_800);
    }

    [Fact]
    public void A_word_through_the_codecs_costs_nothing()
    {
        OperationCount few = Firmware.Of(nameof(CostScenarios.Blocks), 10), many = Firmware.Of(nameof(CostScenarios.Blocks), 180);
        output.WriteLine($"a block through the codecs: {few}; about {few.EstimatedMicros:f0} µs on an ESP32");
        Assert.Equal(few.Counts, many.Counts);
        Assert.Equal(0, few[OperationKind.New]);
    }
}
