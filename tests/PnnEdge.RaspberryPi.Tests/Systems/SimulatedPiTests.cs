using PnnEdge.Firmware.Drivers.Host.Simulated;
using PnnEdge.Physics;
using PnnEdge.Physics.Circuit;
using PnnEdge.RaspberryPi.Chips;
using PnnEdge.RaspberryPi.Rigs;
using PnnEdge.RaspberryPi.Simulated;
using PnnEdge.RaspberryPi.Systems;
using PnnEdge.RaspberryPi.Tests.Support;
using PnnEdge.Training.Systems;

namespace PnnEdge.RaspberryPi.Tests.Systems;

public class SimulatedPiTests
{
    private const float Step = 6.4f / 4096;

    [Fact]
    public async Task Volts_of_the_bench_go_out_through_the_chips_and_come_back()
    {
        await using PiSystem system = PiSystem.OpenSimulated(TestRigs.Echo, new EchoBench(), ShotShape.Throughout(5), TimeProvider.System);
        float[] volts = [-3.09f, -1, 0, 0.5f, 3];
        Measurement measured = await system.RunAsync(new Stimulus(0, 1, volts, []), CancellationToken.None);
        Assert.All(volts.Zip(measured.AppliedVolts), pair => Assert.InRange(pair.Second - pair.First, -0.501f * Step, 0.501f * Step));
        AssertRead(measured);
    }

    [Theory]
    [InlineData(0, 0)] // measured while driven
    [InlineData(7, 7)] // loaded first, read afterwards
    public async Task What_is_measured_is_the_bench_at_what_was_applied(int start, int rest)
    {
        const int Shots = 5, Played = 12;
        var shot = new ShotShape(Played, Played, start, rest);
        await using PiSystem system = PiSystem.OpenSimulated(TestRigs.Circuit, Bench(), shot, TimeProvider.System);
        Stimulus asked = Asked(Shots, Played);
        Measurement measured = await system.RunAsync(asked, CancellationToken.None);

        float[] drive = new float[Shots * shot.Samples], node = new float[drive.Length];
        for (int i = 0; i < Shots; i++) { measured.AppliedVolts.AsSpan(i * Played, Played).CopyTo(drive.AsSpan(i * shot.Samples)); }
        Bench().Run(asked.FirstShot, Shots, shot.Samples, drive, measured.AppliedActuatorVolts, node);
        for (int i = 0; i < Shots; i++)
        {
            for (int s = 0; s < Played; s++)
            {
                // The chip cuts off: a code is up to one step below.
                Assert.InRange(node[(i * shot.Samples) + start + s] - measured.Volts[(i * Played) + s], -0.001f * Step, 1.001f * Step);
            }
        }
    }

    [Fact]
    public async Task A_shot_computed_ahead_is_the_shot_that_the_chips_drive()
    {
        var pi = new SimulatedPi(TestRigs.Circuit, Bench());
        await using PiSystem system = PiSystem.OpenSimulated(pi, ShotShape.Throughout(10), TimeProvider.System);
        await system.RunAsync(Asked(3, 10), CancellationToken.None);
        Assert.Equal((30, 0), (pi.Block!.Samples, pi.Block.Recomputed));
    }

    [Fact]
    public void A_shot_in_which_something_else_is_driven_is_computed_from_that()
    {
        float[] expected = [1, 1, 1, 1, 2, 2, 2, 2];
        var block = new SimulatedBlock(Bench(), 40, 2, expected, [0]);
        for (int i = 0; i < 4; i++) { block.Drive(i, 1); }
        float[] ahead = [.. Enumerable.Range(0, 4).Select(block.Node)];
        Assert.Equal(0, block.Recomputed);
        for (int i = 4; i < 8; i++) { block.Drive(i, i < 6 ? 2 : -1); }
        float[] other = [.. Enumerable.Range(4, 4).Select(block.Node)];
        Assert.Equal(2, block.Recomputed); // up to there it was what was to be played

        float[] node = new float[8];
        Bench().Run(40, 2, 4, [1, 1, 1, 1, 2, 2, -1, -1], [0], node);
        Assert.Equal(node, ahead.Concat(other).ToArray());
    }

    [Fact]
    public async Task A_wrong_wire_shows() // the drive is on output B, and the bench hangs on A
    {
        PiRig rig = TestRigs.Echo;
        var pi = new SimulatedPi(rig, new EchoBench());
        await using PiSystem system = PiSystem.OpenSimulated(pi, ShotShape.Throughout(4), TimeProvider.System);
        await system.RunAsync(new Stimulus(0, 1, [1, 1, 1, 1], []), CancellationToken.None);
        Assert.Equal(0.5, ((SimulatedMcp4922)pi.Chip("dac").Spi!).Volts(0)); // 0 V, after the block
        Assert.Equal(double.NaN, ((SimulatedMcp4922)pi.Chip("dac").Spi!).Volts(1)); // never spoken to
    }

    [Theory]
    [InlineData(ChipKind.Mcp4725)]
    [InlineData(ChipKind.Dac7678)]
    public async Task The_bias_can_be_on_another_chip(ChipKind kind)
    {
        PiRig rig = TestRigs.Circuit;
        rig = rig with { Chips = [.. rig.Chips.Select(chip => chip.Name == "bias-dac" ? chip with { Kind = kind } : chip)] };
        await using PiSystem system = PiSystem.OpenSimulated(rig, Bench(), ShotShape.Throughout(6), TimeProvider.System);
        Measurement low = await system.RunAsync(Asked(2, 6) with { ActuatorVolts = [-0.9f] }, CancellationToken.None);
        Measurement high = await system.RunAsync(Asked(2, 6) with { ActuatorVolts = [0.9f] }, CancellationToken.None);
        Assert.Equal(-0.9f, low.AppliedActuatorVolts[0], 2.2f / 8192);
        Assert.NotEqual(low.Volts, high.Volts);
    }

    [Fact]
    public async Task An_ADS1115_measures_as_well_slower_and_finer()
    {
        PiRig rig = TestRigs.Echo;
        rig = rig with
        {
            SampleRateHz = 100,
            Chips = [rig.Chips[0], new ChipSettings { Name = "adc", Kind = ChipKind.Ads1115, I2c = new I2cSettings { Bus = 1, Address = 0x48, ClockHertz = 400_000 } }],
        };
        await using PiSystem system = PiSystem.OpenSimulated(rig, new EchoBench(), ShotShape.Throughout(4), TimeProvider.System);
        Measurement measured = await system.RunAsync(new Stimulus(0, 1, [-2, 0, 1, 3], []), CancellationToken.None);
        Assert.All(measured.AppliedVolts.Zip(measured.Volts), pair => Assert.InRange(pair.First - pair.Second, -0.01f * 6.4f / 65536, 1.01f * 6.4f / 65536));
    }

    [Fact]
    public async Task Repeated_reads_leave_a_steady_value_as_it_is()
    {
        PiRig rig = TestRigs.Echo;
        rig = rig with { Measurement = rig.Measurement with { Reads = 8 } };
        await using PiSystem system = PiSystem.OpenSimulated(rig, new EchoBench(), ShotShape.Throughout(3), TimeProvider.System);
        Measurement measured = await system.RunAsync(new Stimulus(0, 1, [1, -1, 2], []), CancellationToken.None);
        AssertRead(measured);
    }

    [Fact]
    public void A_rig_that_does_not_fit_the_bench_is_told() => Assert.Equal(
        "Rig pi-circuit has 1 actuators; the simulated echo takes 0.",
        Assert.Throws<PhysicalSystemException>(() => PiSystem.OpenSimulated(TestRigs.Circuit, new EchoBench(), ShotShape.Throughout(4), TimeProvider.System)).Message);

    [Fact]
    public void A_shot_that_no_block_holds_is_refused_in_one_sentence() => Assert.StartsWith(
        "Asked for shots of 1200 samples played",
        Assert.Throws<PhysicalSystemException>(() => PiSystem.OpenSimulated(TestRigs.Echo, new EchoBench(), ShotShape.Throughout(1200), TimeProvider.System)).Message,
        StringComparison.Ordinal);

    /// <summary>The chip cuts off: a code is up to one step below; a thousandth of it for the rounding of volts in single precision.</summary>
    private static void AssertRead(Measurement measured) =>
        Assert.All(measured.AppliedVolts.Zip(measured.Volts), pair => Assert.InRange(pair.First - pair.Second, -0.001f * Step, 1.001f * Step));

    private static CircuitBench Bench() => new(new CircuitBenchOptions { Seed = 5, Threads = 1 });

    private static Stimulus Asked(int shots, int samples) =>
        new(7, shots, [.. Enumerable.Range(0, shots * samples).Select(i => 2.8f * MathF.Sin(0.9f * i))], [0.25f]);
}
