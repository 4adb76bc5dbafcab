using PnnEdge.Conformance;
using PnnEdge.Firmware.Core;
using PnnEdge.Physics;
using PnnEdge.Physics.Circuit;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.VirtualDevice.InProcess;
using PnnEdge.VirtualDevice.Tests.Support;

namespace PnnEdge.VirtualDevice.Tests.InProcess;

public sealed class EchoConformance : PhysicalSystemConformance
{
    protected override Task<IPhysicalSystem> OpenAsync(CancellationToken cancellation) => Task.FromResult<IPhysicalSystem>(
        new InProcessSystem(VirtualBoards.Echo(1), new EchoBench(), 1e6, ShotShape.Throughout(64), InjectedFaults.None, TimeProvider.System));
}

public sealed class CircuitConformance : PhysicalSystemConformance
{
    protected override Task<IPhysicalSystem> OpenAsync(CancellationToken cancellation) => Task.FromResult<IPhysicalSystem>(InProcessSystemTests.Circuit());
}

public class InProcessSystemTests
{
    private const int Samples = 100;

    internal static InProcessSystem Circuit(Action<Board>? change = null, InjectedFaults? faults = null)
    {
        Board board = VirtualBoards.Circuit(7);
        change?.Invoke(board);
        return new InProcessSystem(
            board, new CircuitBench(new CircuitBenchOptions { Seed = 11, Threads = 2 }), VirtualBoards.CircuitSampleRateHz, ShotShape.Throughout(Samples),
            faults ?? InjectedFaults.None, TimeProvider.System);
    }

    /// <summary>Noise and drift are on: they too must not depend on how many shots travel in one frame or one call.</summary>
    [Fact]
    public async Task What_is_measured_does_not_depend_on_how_a_batch_is_split()
    {
        Stimulus batch = Batch(40);
        await using InProcessSystem whole = Circuit();
        Measurement expected = await whole.RunAsync(batch, CancellationToken.None);

        await using InProcessSystem inSmallFrames = Circuit(b => b.MaxFrameBytes = 40 + 16 + (3 * 2 * Samples));
        Measurement small = await inSmallFrames.RunAsync(batch, CancellationToken.None);
        Assert.Equal(expected.Volts, small.Volts);
        Assert.Equal(expected.AppliedVolts, small.AppliedVolts);

        await using InProcessSystem inCalls = Circuit();
        float[] pieces = [];
        foreach ((int from, int count) in new[] { (0, 1), (1, 17), (18, 22) })
        {
            Stimulus piece = batch with
            {
                FirstShot = batch.FirstShot + (ulong)from,
                Shots = count,
                Volts = batch.Volts.AsSpan(from * Samples, count * Samples).ToArray(),
            };
            pieces = [.. pieces, .. (await inCalls.RunAsync(piece, CancellationToken.None)).Volts];
        }

        Assert.Equal(expected.Volts, pieces);
        Assert.Equal(40, inCalls.Usage.Passes);
    }

    [Fact]
    public async Task A_bias_changes_what_is_measured_and_going_back_brings_it_back()
    {
        await using InProcessSystem circuit = Circuit();
        Stimulus batch = Batch(3);
        Measurement before = await circuit.RunAsync(batch, CancellationToken.None);
        Measurement other = await circuit.RunAsync(batch with { ActuatorVolts = [0.5f] }, CancellationToken.None);
        Measurement again = await circuit.RunAsync(batch, CancellationToken.None);
        Assert.NotEqual(before.Volts, other.Volts);
        Assert.Equal(before.Volts, again.Volts);
        Assert.Equal(0.5f, other.AppliedActuatorVolts[0], 0.5 * 20 / 65536);
    }

    [Fact]
    public async Task A_fault_of_the_physics_is_told_in_words_and_disposing_does_not_hide_it()
    {
        FunctionBench physics = new(0, (drive, _) => drive);
        InProcessSystem system = new(VirtualBoards.Echo(3), physics, 1e6, ShotShape.Throughout(8), InjectedFaults.None, TimeProvider.System);
        Stimulus one = new(0, 1, new float[8], []);
        await system.RunAsync(one, CancellationToken.None);
        physics.Hook = () => throw new InvalidOperationException("the bench caught fire");
        for (int n = 0; n < 2; n++)
        {
            PhysicalSystemException told = await Assert.ThrowsAsync<PhysicalSystemException>(() => system.RunAsync(one, CancellationToken.None));
            Assert.Contains("the bench caught fire", told.Message, StringComparison.Ordinal);
        }

        await system.DisposeAsync();
    }

    [Fact]
    public void A_shot_that_no_frame_or_transfer_holds_is_refused_in_one_sentence()
    {
        PhysicalSystemException told = Assert.Throws<PhysicalSystemException>(() => new InProcessSystem(
            VirtualBoards.Echo(1), new EchoBench(), 1e6, ShotShape.Throughout(40_000), InjectedFaults.None, TimeProvider.System));
        Assert.Contains("40000 samples played", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Converter_faults_show_in_what_is_measured()
    {
        await using InProcessSystem stuck = Circuit(faults: Inject.These("adc.clip=0"));
        Assert.All((await stuck.RunAsync(Batch(2), CancellationToken.None)).Volts, volts => Assert.Equal(0f, volts));
    }

    [Fact]
    public async Task Disposing_twice_is_disposing_once()
    {
        InProcessSystem system = Circuit();
        await system.DisposeAsync();
        await system.DisposeAsync();
    }

    internal static Stimulus Batch(int shots)
    {
        float[] volts = new float[shots * Samples];
        for (int i = 0; i < volts.Length; i++)
        {
            volts[i] = 2.5f * MathF.Sin(0.07f * i * (1 + (i / Samples)));
        }

        return new Stimulus(5, shots, volts, [0.25f]);
    }
}
