using PnnEdge.Physics;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.VirtualDevice.InProcess;
using PnnEdge.VirtualDevice.Tests.Support;

namespace PnnEdge.VirtualDevice.Tests.Faults;

/// <summary>The device's own faults, by function call; the link's tests have the same over a broker.</summary>
public class DeviceFaultTests
{
    private const int Oscillators = 5;
    private const int Actuators = 15;
    private const int Batches = 6;
    private const int Shots = 4;

    private static InProcessSystem Open(LoadedBench bench, string faults) => new(
        VirtualBoards.Oscillators(3, Oscillators), bench, 1e6, ShotShape.LoadThenRead(Oscillators, Oscillators), Inject.These(faults), TimeProvider.System);

    /// <summary>Other actuators in every batch: [batch][shot, sample], V.</summary>
    private static async Task<float[][]> RunAsync(LoadedBench bench, string faults)
    {
        await using InProcessSystem system = Open(bench, faults);
        float[][] measured = new float[Batches][];
        for (int batch = 0; batch < Batches; batch++)
        {
            float[] volts = [.. Enumerable.Range(0, Shots * Oscillators).Select(i => (i % 9) / 16f)];
            float[] actuators = [.. Enumerable.Repeat(batch / 128f, Actuators)];
            measured[batch] = (await system.RunAsync(new Stimulus((ulong)(batch * Shots), Shots, volts, actuators), CancellationToken.None)).Volts;
        }

        Assert.Equal(Batches * Shots, system.Usage.Passes);
        return measured;
    }

    [Theory]
    [InlineData("dev.reboot")]
    [InlineData("dev.reboot=20@9")]
    [InlineData("dev.reboot@1, dev.reboot=2@22")]
    [InlineData("param.stale@9")]
    [InlineData("param.stale=3@18")]
    [InlineData("param.stale=1000@18")]
    [InlineData("param.bitflip")]
    [InlineData("param.bitflip=7@5")]
    [InlineData("param.bitflip=480@5")] // every bit of the set: values that are not finite among them
    [InlineData("param.stale@9, param.bitflip@5, dev.reboot=2@17")]
    public async Task Whatever_the_device_forgets_the_measurement_is_the_same(string faults)
    {
        float[][] sound = await RunAsync(new LoadedBench(Oscillators, Actuators), string.Empty);
        float[][] faulty = await RunAsync(new LoadedBench(Oscillators, Actuators), faults);
        Assert.Equal(sound, faulty);
    }

    [Fact]
    public async Task A_stale_set_really_is_played_once_and_its_block_again()
    {
        LoadedBench bench = new(Oscillators, Actuators);
        await RunAsync(bench, "param.stale=2@13");
        Assert.Equal([0, 4, 8, 12, 12, 16, 20], bench.FirstShots.Select(shot => (int)shot));
        Assert.Equal([0f, 1f, 2f, 1f, 3f, 4f, 5f], bench.Actuators.Select(set => set[0] * 128));
    }

    [Fact]
    public async Task A_device_that_restarts_plays_no_block_twice()
    {
        LoadedBench bench = new(Oscillators, Actuators);
        await RunAsync(bench, "dev.reboot=3@5");
        Assert.Equal([0, 4, 8, 12, 16, 20], bench.FirstShots.Select(shot => (int)shot));
    }

    [Fact]
    public async Task A_spoilt_set_is_never_played()
    {
        LoadedBench bench = new(Oscillators, Actuators);
        await RunAsync(bench, "param.bitflip=3");
        Assert.Equal([0f, 1f, 2f, 3f, 4f, 5f], bench.Actuators.Select(set => set[0] * 128));
        Assert.All(bench.Actuators, set => Assert.Single(set.Distinct()));
    }

    [Fact]
    public async Task A_bench_without_actuators_has_its_empty_set_spoilt_and_goes_on()
    {
        await using InProcessSystem system = new(
            VirtualBoards.Echo(1), new EchoBench(), 1e6, ShotShape.Throughout(4), Inject.These("param.bitflip, dev.reboot"), TimeProvider.System);
        Measurement measured = await system.RunAsync(new Stimulus(0, 1, [0f, 1.25f, 2.5f, 0f], []), CancellationToken.None);
        Assert.Equal([0f, 1.25f, 2.5f, 0f], measured.Volts);
    }

    [Fact]
    public async Task Without_such_faults_a_refusal_is_not_repeated()
    {
        FunctionBench physics = new(0, (drive, _) => drive);
        await using InProcessSystem system = new(VirtualBoards.Echo(3), physics, 1e6, ShotShape.Throughout(8), InjectedFaults.None, TimeProvider.System);
        int calls = 0;
        physics.Hook = () => throw new InvalidOperationException($"call {++calls}");
        await Assert.ThrowsAsync<PhysicalSystemException>(() => system.RunAsync(new Stimulus(0, 1, new float[8], []), CancellationToken.None));
        Assert.Equal(1, calls);
    }
}
