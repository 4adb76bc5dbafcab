using PnnEdge.Conformance;
using PnnEdge.Firmware.Core;
using PnnEdge.Physics.Oscillators;
using PnnEdge.Physics.SecondHarmonic;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.VirtualDevice.InProcess;
using PnnEdge.VirtualDevice.Tests.Support;

namespace PnnEdge.VirtualDevice.Tests.InProcess;

public sealed class SecondHarmonicConformance : PhysicalSystemConformance
{
    protected override Task<IPhysicalSystem> OpenAsync(CancellationToken cancellation) => Task.FromResult<IPhysicalSystem>(new InProcessSystem(
        VirtualBoards.SecondHarmonic(7), new SecondHarmonicBench(new SecondHarmonicBenchOptions { Seed = 11, Threads = 2 }),
        VirtualBoards.SecondHarmonicSampleRateHz, ShotShape.LoadThenRead(100, 50), InjectedFaults.None, TimeProvider.System));
}

public sealed class OscillatorConformance : PhysicalSystemConformance
{
    private const int Oscillators = 12;

    protected override Task<IPhysicalSystem> OpenAsync(CancellationToken cancellation) => Task.FromResult<IPhysicalSystem>(new InProcessSystem(
        VirtualBoards.Oscillators(7, Oscillators),
        new OscillatorBench(new OscillatorBenchOptions { Parameters = new() { Count = Oscillators }, Seed = 11, Threads = 2 }),
        VirtualBoards.OscillatorsSampleRateHz, ShotShape.LoadThenRead(Oscillators, Oscillators), InjectedFaults.None, TimeProvider.System));
}

public class LoadThenReadTests
{
    private const int Oscillators = 5;
    private const int Actuators = 15;

    private static InProcessSystem Open(LoadedBench bench, Action<Board>? change = null)
    {
        Board board = VirtualBoards.Oscillators(3, Oscillators);
        change?.Invoke(board);
        return new InProcessSystem(board, bench, 1e6, ShotShape.LoadThenRead(Oscillators, Oscillators), InjectedFaults.None, TimeProvider.System);
    }

    private static float[] Ramp(int shots) => [.. Enumerable.Range(0, shots * Oscillators).Select(i => ((i * 37 % 100) - 50) / 64f)];

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(40 + 16 + (2 * Oscillators * 5))] // five shots a frame, which also holds a set of actuators
    public async Task What_was_loaded_is_read_in_its_order_whatever_a_frame_holds(int frameBytes)
    {
        const int Shots = 11;
        await using InProcessSystem system = Open(new LoadedBench(Oscillators, Actuators), b => b.MaxFrameBytes = Math.Min(b.MaxFrameBytes, frameBytes));
        float[] volts = Ramp(Shots);
        Measurement measured = await system.RunAsync(new Stimulus(40, Shots, volts, new float[Actuators]), CancellationToken.None);
        Assert.Equal((Oscillators, Oscillators), (system.Description.StimulusSamples, system.Description.MeasurementSamples));

        // 1/64 V is 8 codes of the drive and 4 of the measurement: exact both ways.
        Assert.Equal(volts, measured.Volts);
        Assert.Equal(volts, measured.AppliedVolts);
    }

    [Fact]
    public async Task Banks_are_described_by_name_and_count_and_every_value_reaches_its_output()
    {
        LoadedBench bench = new(Oscillators, Actuators);
        await using InProcessSystem system = Open(bench);
        Assert.Equal(
            [new ActuatorPort("coupling", new VoltRange(-1, 1), 10), new ActuatorPort("drive", new VoltRange(-2, 2), 5)], system.Description.Actuators);
        float[] asked = [.. Enumerable.Range(0, Actuators).Select(i => (i - 7) / 8f)];
        Measurement measured = await system.RunAsync(new Stimulus(0, 1, Ramp(1), asked), CancellationToken.None);

        // 1/8 V is 2048 codes of the couplings and 1024 of the drives: exact.
        Assert.Equal(asked, bench.Actuators[^1]);
        Assert.Equal(asked, measured.AppliedActuatorVolts);
    }

    [Fact]
    public async Task Applied_actuators_are_those_of_the_nearest_codes_of_their_bank()
    {
        LoadedBench bench = new(Oscillators, Actuators);
        await using InProcessSystem system = Open(bench);
        float[] asked = [.. Enumerable.Repeat(0.30001f, Actuators)];
        Measurement measured = await system.RunAsync(new Stimulus(0, 1, Ramp(1), asked), CancellationToken.None);
        Assert.Equal(bench.Actuators[^1], measured.AppliedActuatorVolts);
        Assert.All(measured.AppliedActuatorVolts[..10], volts => Assert.Equal(4915f / 16384, volts));
        Assert.All(measured.AppliedActuatorVolts[10..], volts => Assert.Equal(2458f / 8192, volts));
    }

    [Fact]
    public async Task A_value_beyond_its_bank_s_limits_is_named_by_bank_and_place()
    {
        await using InProcessSystem system = Open(new LoadedBench(Oscillators, Actuators));
        float[] asked = new float[Actuators];
        asked[12] = 2.5f;
        ArgumentOutOfRangeException told = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => system.RunAsync(new Stimulus(0, 1, Ramp(1), asked), CancellationToken.None));
        Assert.Contains("actuator drive 2", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_beyond_its_bank_s_largest_is_named_by_bank_and_place()
    {
        await using InProcessSystem system = Open(new LoadedBench(Oscillators, Actuators), board =>
        {
            Wire.Messages.ChannelRecord c = board.Channels[2];
            board.Channels[2] = new(c.Name, c.Role, c.Bits, c.Guard, c.OnInvalid, c.MinVolts, c.MaxVolts, c.LimitMinVolts, c.LimitMaxVolts, 0.5f, 0f, 0, c.Count);
        });
        float[] asked = new float[Actuators];
        asked[7] = 0.75f;
        PhysicalSystemException told = await Assert.ThrowsAsync<PhysicalSystemException>(
            () => system.RunAsync(new Stimulus(0, 1, Ramp(1), asked), CancellationToken.None));
        Assert.Contains("SlewExceeded (actuator coupling 7)", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twenty_one_thousand_actuators_take_another_set_in_every_call()
    {
        const int Many = 206;
        int actuators = OscillatorActuators.Count(Many);
        LoadedBench bench = new(Many, actuators);
        await using InProcessSystem system = new(
            VirtualBoards.Oscillators(1, Many), bench, 1e6, ShotShape.LoadThenRead(Many, Many), InjectedFaults.None, TimeProvider.System);
        Assert.Equal(21_321, system.Description.ActuatorCount);
        for (int step = 0; step < 20; step++)
        {
            float[] asked = [.. Enumerable.Range(0, actuators).Select(i => (((i * 7) + step) % 17 - 8) / 8f)];
            Measurement measured = await system.RunAsync(new Stimulus((ulong)step, 1, new float[Many], asked), CancellationToken.None);
            Assert.Equal(asked, bench.Actuators[^1]);
            Assert.Equal(asked, measured.AppliedActuatorVolts);
        }
    }
}
