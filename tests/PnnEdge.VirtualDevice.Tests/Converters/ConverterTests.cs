using PnnEdge.Firmware.Core;
using PnnEdge.Physics;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Clocks;
using PnnEdge.VirtualDevice.Converters;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.VirtualDevice.Tests.Support;
using PnnEdge.Wire.Messages;

namespace PnnEdge.VirtualDevice.Tests.Converters;

public class ConverterTests
{
    // 12 bits over ±10 V: one code is 20/4096 V.
    private const int Zero = 2048;
    private const float StepVolts = 20f / 4096;

    [Fact]
    public void Zero_volts_go_out_and_come_back_as_zero_exactly()
    {
        FunctionBench physics = new(0, (drive, _) => drive);
        Assert.Equal([Zero, Zero], new Bench(physics).Play(Zero, Zero));
        Assert.All(physics.Driven, volts => Assert.Equal(0f, volts));
    }

    [Fact]
    public void Every_code_comes_back_from_a_wire()
    {
        int[] codes = [.. Enumerable.Range(0, 4096)];
        Assert.Equal(codes, new Bench(new EchoBench()).Play(codes));
    }

    [Fact]
    public void What_passes_the_rails_reads_as_the_last_code_and_so_does_no_number()
    {
        Assert.Equal([0, 0, Zero, 4095, 4095], new Bench(new FunctionBench(0, (drive, _) => 4 * drive)).Play(0, 1024, Zero, 3072, 4095));
        Assert.Equal([0], new Bench(new FunctionBench(0, (_, _) => float.NaN)).Play(Zero));
        Assert.Equal([4095], new Bench(new FunctionBench(0, (_, _) => float.PositiveInfinity)).Play(Zero));
    }

    [Fact]
    public void Rest_samples_follow_every_shot_and_the_measured_window_starts_where_the_plan_says()
    {
        FunctionBench physics = new(0, (drive, _) => drive);
        RunPlan plan = Bench.Plan(3, p => (p.RestSamples, p.MeasurementStartSample, p.MeasurementWords) = (2, 1, 4));
        int[] measured = new Bench(physics).Play(plan, 2148, 2248, 2348, 1948, 1848, 1748);
        Assert.Equal([2248, 2348, Zero, Zero, 1848, 1748, Zero, Zero], measured);
        Assert.Equal([100f, 200f, 300f, 0f, 0f, -100f, -200f, -300f, 0f, 0f], physics.Driven.Select(v => v / StepVolts));
    }

    [Fact]
    public void An_actuator_takes_the_nearest_code_and_reaches_the_physics()
    {
        Bench bench = new(new FunctionBench(1, (_, bias) => bias));
        Assert.Equal(FaultCode.None, bench.Converters.SetActuators([0.5001f], out _));
        Assert.Equal(0.5001f, bench.Converters.ActuatorVolts()[0], 0.5f * 20 / 65536); // half of one of 16 bits
        Assert.Equal([Zero + 102], bench.Play(Zero)); // 0.5 V is 102.4 codes
        Assert.Equal(FaultCode.ActuatorReadback, bench.Converters.SetActuators([11f], out _));
        Assert.Equal(FaultCode.ActuatorReadback, bench.Converters.SetActuators([float.NaN], out _));
        Assert.Equal(0.5f, bench.Converters.ActuatorVolts()[0], 1e-3f);
    }

    [Fact]
    public void Made_safe_nothing_moves_until_the_next_enable_pulse()
    {
        Bench bench = new(new FunctionBench(1, (drive, _) => drive));
        bench.Converters.SetActuators([0.5f], out _);
        Assert.Equal(FaultCode.None, bench.Converters.MakeSafe());
        Assert.False(bench.Converters.IsEnabled);
        Assert.Equal([0f], bench.Converters.ActuatorVolts());
        Assert.Equal(FaultCode.ActuatorReadback, bench.Converters.SetActuators([0.5f], out _));
        Assert.Equal([0f], bench.Converters.ActuatorVolts());
        bench.Play(3000);
        Assert.Equal(MeasurementBlock.UnderrunFlag, bench.Flags);
        bench.Converters.PulseEnable();
        Assert.Equal([3000], bench.Play(3000));
        Assert.Equal(0, bench.Flags);
    }

    [Fact]
    public void Playing_allocates_nothing_once_it_has_seen_its_largest_block()
    {
        Bench bench = new(new EchoBench());
        RunPlan plan = Bench.Plan(100);
        byte[] stimulus = new byte[2 * 1000], measurement = new byte[2 * 1000];
        bench.Converters.Play(plan, 0, 10, stimulus, 0, measurement, 0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int n = 0; n < 1000; n++)
        {
            bench.Converters.Play(plan, 0, 1 + (n % 10), stimulus, 0, measurement, 0);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_board_with_channels_or_actuators_that_the_simulator_does_not_have_is_refused()
    {
        Board two = VirtualBoards.Echo(1);
        two.Channels = [two.Channels[0], .. two.Channels];
        Assert.Throws<ArgumentException>(() => new VirtualConverters(two, new EchoBench(), 1e6, InjectedFaults.None, TimeProvider.System, Pacing.AsFastAsPossible, null));
        Assert.Throws<ArgumentException>(() => new VirtualConverters(
            VirtualBoards.Echo(1), new EchoBench(1), 1e6, InjectedFaults.None, TimeProvider.System, Pacing.AsFastAsPossible, null));
    }
}
