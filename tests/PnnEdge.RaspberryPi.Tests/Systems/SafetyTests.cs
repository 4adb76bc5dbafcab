using System.Device.Gpio;
using PnnEdge.Firmware.Drivers.Host.Simulated;
using PnnEdge.Physics;
using PnnEdge.RaspberryPi.Simulated;
using PnnEdge.RaspberryPi.Systems;
using PnnEdge.RaspberryPi.Tests.Support;
using PnnEdge.Training.Systems;

namespace PnnEdge.RaspberryPi.Tests.Systems;

/// <summary>Outputs safe and the enable line low: before, after and whenever something goes wrong. On simulated chips and a clock of their own.</summary>
public class SafetyTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task Outputs_are_safe_before_the_bench_is_connected()
    {
        var pi = new SimulatedPi(TestRigs.Circuit, new EchoBench(actuatorCount: 1));
        var bias = (SimulatedMcp4728)pi.Chip("bias-dac").I2c!;
        pi.Lines[pi.Rig.Safety.EnableLine] = PinValue.High;
        List<(PinValue Line, double Drive, double Bias)> changes = [];
        pi.Lines.Changed = line => changes.Add((pi.Lines[line], Dac(pi), bias.Volts(0)));
        await using PiSystem system = PiSystem.OpenSimulated(pi, ShotShape.Throughout(4), TimeProvider.System);
        Assert.Equal((PinValue.Low, double.NaN, 0.0), changes[0]); // low before a chip was spoken to
        Assert.Equal((PinValue.High, 0.5, 0.5), changes[1]); // 0 V and 0 V: half of their ranges
    }

    [Fact]
    public async Task The_enable_line_pulses_only_while_armed()
    {
        (PiSystem system, SimulatedPi pi) = Open(new Shouting(null));
        int edges = 0;
        pi.Lines.Changed = _ => edges++;
        await system.RunAsync(Shots(2), Never);
        Assert.True(edges > 0);
        await CancelledAsync(); // gives the lease back
        edges = 0;
        await CancelledAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => system.RunAsync(new Stimulus(0, 1, [1f], []), Never)); // refused: a shot has four samples
        Assert.Equal(0, edges);
        AssertSafe(pi);
        await system.RunAsync(Shots(1), Never);
        Assert.True(edges > 0);
        await system.DisposeAsync();
        AssertSafe(pi);
        edges = 0;
        await Assert.ThrowsAnyAsync<Exception>(() => system.RunAsync(Shots(1), Never)); // lines and chips are gone
        Assert.Equal(0, edges);

        Task CancelledAsync() => Assert.ThrowsAnyAsync<OperationCanceledException>(() => system.RunAsync(Shots(1), new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_long_block_keeps_the_monostable_up() // 0.9 s of playing, the monostable lasts 0.2 s
    {
        var pi = new SimulatedPi(TestRigs.Echo, new EchoBench());
        await using PiSystem system = PiSystem.OpenSimulated(pi, ShotShape.Throughout(900), TimeProvider.System);
        Measurement measured = await system.RunAsync(new Stimulus(0, 1, [.. Enumerable.Repeat(2f, 900)], []), Never);
        Assert.All(measured.Volts, volts => Assert.Equal(2f, volts, 0.002f));
        Assert.Equal(0, pi.Block!.Recomputed);
    }

    [Fact]
    public async Task A_cancelled_run_makes_safe_and_the_next_one_goes_on()
    {
        using var cancel = new CancellationTokenSource();
        int blocks = 0;
        (PiSystem system, SimulatedPi pi) = Open(new Shouting(() =>
        {
            // As Ctrl-C: in the middle of a call.
            if (++blocks == 2) { cancel.Cancel(); }
        }));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => system.RunAsync(Shots(800), cancel.Token)); // some blocks of 250
        Assert.Equal(2, blocks);
        AssertSafe(pi);
        Measurement measured = await system.RunAsync(Shots(1), Never);
        Assert.Equal(1f, measured.Volts[0], 0.002f);
        await system.DisposeAsync();
        AssertSafe(pi);
    }

    [Fact]
    public async Task An_exception_of_the_bench_makes_safe_and_is_told()
    {
        (PiSystem system, SimulatedPi pi) = Open(new Shouting(() => throw new InvalidOperationException("the bench caught fire")));
        PhysicalSystemException told = await Assert.ThrowsAsync<PhysicalSystemException>(() => system.RunAsync(Shots(1), Never));
        Assert.Contains("the bench caught fire", told.Message, StringComparison.Ordinal);
        AssertSafe(pi);
        await system.DisposeAsync();
    }

    [Fact]
    public async Task An_open_interlock_makes_safe_and_is_told()
    {
        (PiSystem system, SimulatedPi pi) = Open(new Shouting(null));
        await system.RunAsync(Shots(1), Never);
        pi.Lines[pi.Rig.Safety.InterlockLine] = PinValue.Low;
        PhysicalSystemException told = await Assert.ThrowsAsync<PhysicalSystemException>(() => system.RunAsync(Shots(1), Never));
        Assert.Equal("pi-echo#1 is in fault: the external interlock is open.", told.Message);
        AssertSafe(pi);
        await system.DisposeAsync();
    }

    [Fact]
    public void An_open_interlock_is_told_before_anything_is_played()
    {
        var pi = new SimulatedPi(TestRigs.Echo, new EchoBench());
        pi.Lines[pi.Rig.Safety.InterlockLine] = PinValue.Low;
        Assert.Equal(
            "pi-echo#1 is in fault: the external interlock is open.",
            Assert.Throws<PhysicalSystemException>(() => PiSystem.OpenSimulated(pi, ShotShape.Throughout(4), TimeProvider.System)).Message);
        AssertSafe(pi, edges: false);
        Assert.False(pi.Lines.IsOpen(pi.Rig.Safety.EnableLine)); // nothing is held on to
    }

    [Fact]
    public async Task An_actuator_that_does_not_take_its_value_is_a_fault_by_name()
    {
        var pi = new SimulatedPi(TestRigs.Circuit, new EchoBench(actuatorCount: 1));
        PiSystem system = PiSystem.OpenSimulated(pi, ShotShape.Throughout(4), TimeProvider.System);
        await system.RunAsync(Shots(1) with { ActuatorVolts = [0.5f] }, Never);
        pi.Chip("bias-dac").I2c!.IsThere = false;
        PhysicalSystemException told = await Assert.ThrowsAsync<PhysicalSystemException>(() => system.RunAsync(Shots(1) with { ActuatorVolts = [0.6f] }, Never));
        Assert.Contains("actuator bias did not take its value", told.Message, StringComparison.Ordinal);
        Assert.Equal((PinValue.Low, 0.5), (pi.Lines[pi.Rig.Safety.EnableLine], Dac(pi))); // the bias cannot be reached: the open relay is what protects
        await system.DisposeAsync();
    }

    [Fact]
    public async Task The_end_of_the_process_makes_safe()
    {
        (PiSystem system, SimulatedPi pi) = Open(new Shouting(null));
        await system.RunAsync(Shots(1), Never);
        pi.Lines[pi.Rig.Safety.EnableLine] = PinValue.High;
        system.MakeSafeAtExit(null, EventArgs.Empty);
        AssertSafe(pi);
        await system.DisposeAsync();
    }

    private static (PiSystem System, SimulatedPi Pi) Open(IBenchPhysics bench)
    {
        var pi = new SimulatedPi(TestRigs.Echo, bench);
        return (PiSystem.OpenSimulated(pi, ShotShape.Throughout(4), TimeProvider.System), pi);
    }

    private static Stimulus Shots(int shots) => new(0, shots, [.. Enumerable.Repeat(1f, 4 * shots)], []);

    private static void AssertSafe(SimulatedPi pi, bool edges = true)
    {
        Assert.Equal((PinValue.Low, 0.5), (pi.Lines[pi.Rig.Safety.EnableLine], Dac(pi))); // half of the range is 0 V
        if (!edges) { Assert.False(pi.IsConnected); }
    }

    private static double Dac(SimulatedPi pi) => ((SimulatedMcp4922)pi.Chip("dac").Spi!).Volts(0);

    /// <summary>Output = input, with something that happens at every block.</summary>
    private sealed class Shouting(Action? atEveryBlock) : IBenchPhysics
    {
        private readonly EchoBench _echo = new();

        public string Name => _echo.Name;

        public int ActuatorCount => 0;

        public void Run(ulong firstShot, int shots, int samplesPerShot, ReadOnlySpan<float> driveVolts, ReadOnlySpan<float> actuatorVolts, Span<float> nodeVolts)
        {
            atEveryBlock?.Invoke();
            _echo.Run(firstShot, shots, samplesPerShot, driveVolts, actuatorVolts, nodeVolts);
        }
    }
}
