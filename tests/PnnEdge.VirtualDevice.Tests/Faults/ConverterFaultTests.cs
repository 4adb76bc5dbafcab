using PnnEdge.Physics;
using PnnEdge.Physics.Channel;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Clocks;
using PnnEdge.VirtualDevice.Converters;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.VirtualDevice.Tests.Support;
using PnnEdge.Wire.Messages;

namespace PnnEdge.VirtualDevice.Tests.Faults;

public class ConverterFaultTests
{
    // 12 bits over ±10 V: one code is 20/4096 V, and 0 V is code 2048.
    private const int Zero = 2048;

    [Theory]
    [InlineData("adc.stuck", 3000, 3001)] // bit 0 by default
    [InlineData("adc.stuck=0", 3001, 3001)]
    [InlineData("adc.stuck=11", 100, 2148)]
    [InlineData("adc.clip", 4000, 3072)] // half of full scale: 5 V
    [InlineData("adc.clip", 100, 1024)]
    [InlineData("adc.clip", 2148, 2148)]
    [InlineData("adc.clip=0.1", 4000, 2253)] // 1 V is 204.8 codes
    [InlineData("adc.clip=0", 4000, Zero)]
    [InlineData("adc.inl", Zero, 2052)] // 4 codes in the middle
    [InlineData("adc.inl", 0, 0)] // and nothing at the ends
    [InlineData("adc.inl", 3072, 3075)] // three quarters of it half way
    [InlineData("adc.inl=100", Zero, 2148)]
    [InlineData("dac.gain", 3048, 3098)] // 5 % more
    [InlineData("dac.gain=-0.1", 3048, 2948)]
    [InlineData("dac.gain=1", 3548, 4095)] // as far as its range goes
    [InlineData("xtalk", 3048, 3048)]
    [InlineData("adc.clip@1", 4000, 4000)] // shot 0 is before it
    public void A_fault_by_name_and_magnitude_does_what_it_says(string fault, int code, int expected) =>
        Assert.Equal([expected], new Bench(new EchoBench(), Inject.These(fault)).Play(code));

    [Fact]
    public void Crosstalk_adds_a_share_of_the_sample_before_and_starts_anew_with_each_shot()
    {
        Assert.Equal(
            [3048, 2098, Zero, 1048, 1998, Zero],
            new Bench(new EchoBench(), Inject.These("xtalk")).Play(Bench.Plan(3), 3048, Zero, Zero, 1048, Zero, Zero));
        Assert.Equal([3048, 1548], new Bench(new EchoBench(), Inject.These("xtalk=-0.5")).Play(Bench.Plan(2), 3048, Zero));
    }

    [Theory]
    [InlineData("adc.stuck=9@2")]
    [InlineData("adc.clip=0.01@2")]
    [InlineData("adc.inl=300@2")]
    [InlineData("dac.gain=0.5@2")]
    [InlineData("xtalk=0.5@2")]
    public void A_fault_begins_at_its_shot_and_stays(string fault)
    {
        int[] codes = [.. Enumerable.Repeat(new[] { 2348, 2348 }, 4).SelectMany(shot => shot)];
        int[] measured = new Bench(new EchoBench(), Inject.These(fault)).Play(Bench.Plan(2), codes);
        Assert.Equal(codes[..4], measured[..4]);
        Assert.NotEqual(codes[4..6], measured[4..6]);
        Assert.Equal(measured[4..6], measured[6..]);
    }

    [Fact]
    public void Faults_of_one_kind_add_up()
    {
        Assert.Equal([2248], new Bench(new EchoBench(), Inject.These("dac.gain=0.5, dac.gain=0.5")).Play(2148));
        Assert.Equal([2055], new Bench(new EchoBench(), Inject.These("adc.stuck=0, adc.stuck=1, adc.stuck=2")).Play(Zero));
        Assert.Equal([2253], new Bench(new EchoBench(), Inject.These("adc.clip=0.1, adc.clip=0.5")).Play(4000));
    }

    [Fact]
    public void What_the_drive_puts_out_too_much_reaches_the_physics()
    {
        FunctionBench physics = new(0, (drive, _) => drive);
        new Bench(physics, Inject.These("dac.gain=0.25")).Play(Zero + 1024);
        Assert.Equal(6.25f, physics.Driven[0]);
    }

    [Fact]
    public void A_unipolar_front_end_clips_at_its_upper_end_alone()
    {
        VirtualConverters converters = new(
            VirtualBoards.SecondHarmonic(1), new EchoBench(), 1e6, Inject.These("adc.clip=0.5"), TimeProvider.System, Pacing.AsFastAsPossible, null);
        byte[] drive = [0xFF, 0x0F, 0, 0], read = new byte[4];
        converters.Play(Bench.Plan(2), 0, 1, drive, 0, read, 0);
        Assert.Equal((2048, 0), (read[0] | (read[1] << 8), read[2] | (read[3] << 8))); // half of 1.2 V, and nothing
    }

    [Fact]
    public void A_static_output_that_is_stuck_is_at_its_safe_value_from_that_shot_on_whatever_it_is_set_to()
    {
        VirtualConverters converters = new(
            VirtualBoards.Circuit(1), new FunctionBench(1, (_, bias) => bias), 1e6, Inject.These("dac.stuck@5"), TimeProvider.System, Pacing.AsFastAsPossible, null);
        converters.PulseEnable();
        Assert.Equal(FaultCode.None, converters.SetActuators([1f], out _));
        Assert.Equal([2253, Zero], new ulong[] { 4, 5 }.Select(Read)); // 1 V is 204.8 codes
        Assert.Equal(1f, converters.ActuatorVolts()[0], 2e-4); // the board does not notice; a code is 305 µV

        int Read(ulong shot)
        {
            byte[] drive = [0, 8], read = new byte[2];
            converters.Play(Bench.Plan(1), shot, 1, drive, 0, read, 0);
            return read[0] | (read[1] << 8);
        }
    }

    [Fact]
    public void A_bit_that_the_converter_does_not_have_is_refused()
    {
        string message = Assert.Throws<ArgumentException>(() => new Bench(new EchoBench(), Inject.These("adc.stuck=12"))).Message;
        Assert.Contains("has bits 0 to 11", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_of_physics_and_twin_are_refused_with_those_that_are_possible()
    {
        string message = Assert.Throws<ArgumentException>(() => Inject.These("drift.gain")).Message;
        Assert.Contains("belongs to Physics", message, StringComparison.Ordinal);
        Assert.All(
            FaultCatalog.All.Where(fault => InjectedFaults.IsTaken(fault.Kind)),
            fault => Assert.Contains(fault.Name, message, StringComparison.Ordinal));
        Assert.Throws<ArgumentException>(() => Inject.These("twin.bias"));
        Assert.Equal(9, FaultCatalog.All.Count(fault => InjectedFaults.IsTaken(fault.Kind)));
    }

    [Fact]
    public void Playing_with_every_fault_allocates_nothing_either()
    {
        Bench bench = new(new EchoBench(), Inject.These("adc.stuck, adc.clip, adc.inl, dac.gain, xtalk"));
        RunPlan plan = Bench.Plan(100);
        byte[] stimulus = new byte[2 * 1000], measurement = new byte[2 * 1000];
        bench.Converters.Play(plan, 0, 10, stimulus, 0, measurement, 0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int n = 0; n < 100; n++)
        {
            bench.Converters.Play(plan, 0, 10, stimulus, 0, measurement, 0);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
