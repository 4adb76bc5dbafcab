using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Twins;
using PnnEdge.Training.Twins.Convolution;

namespace PnnEdge.Training.Tests.Twins;

/// <summary>What a twin's training step leaves behind: nothing, on any thread. Nothing else may allocate meanwhile.</summary>
[Collection(nameof(TrainingStepMemoryTests))]
[CollectionDefinition(nameof(TrainingStepMemoryTests), DisableParallelization = true)]
public sealed class TrainingStepMemoryTests
{
    private const int StepsPerWindow = 20;

    [Theory]
    [InlineData(8, 64, 128, 128, 32)]
    [InlineData(32, 64, 128, 128, 32)]
    [InlineData(64, 400, 512, 100)] // 13 million multiply-adds a product: spread over the threads there are
    public void A_perceptrons_step_allocates_nothing_on_any_thread(int batch, params int[] widths)
    {
        var twin = new MlpTwin(Ones(widths[0], widths[^1]), widths[1..^1], seed: 1, actuators: 0);
        AssertAllocatesNothing(Trainer(twin, batch));
    }

    [Fact]
    public void A_convolutions_step_allocates_nothing_on_any_thread()
    {
        ConvolutionShape shape = ConvolutionShape.Of(new SlotPlan(24, 24, 2, 24), actuators: 1, memorySlots: 12, [16, 16]);
        AssertAllocatesNothing(Trainer(new ConvolutionTwin(shape, Ones(2, shape.WindowsPerStep), seed: 1), 16));
    }

    [Fact]
    public void A_hundred_thousand_steps_leave_memory_as_it_was()
    {
        TwinTrainer trainer = Trainer(new MlpTwin(Ones(8, 4), [16], seed: 1, actuators: 0), 4);
        Run(trainer, 2_000); // whatever compiles and grows has done so
        long live = GC.GetTotalMemory(forceFullCollection: true), allocated = GC.GetTotalAllocatedBytes(precise: true);
        int collections = GC.CollectionCount(0);
        Run(trainer, 100_000);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - allocated, 0, 99_999); // the test runner's own; not a byte a step
        Assert.Equal(collections, GC.CollectionCount(0));
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - live, long.MinValue, 64 * 1024);
        Assert.Equal(102_000, trainer.Steps);
    }

    // The runtime and the test runner allocate now and then; a step that allocates does so in every window.
    private static void AssertAllocatesNothing(TwinTrainer trainer)
    {
        Run(trainer, 4 * trainer.StepsPerEpoch);
        long least = long.MaxValue;
        for (int window = 0; window < 20 && least > 0; window++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            Run(trainer, StepsPerWindow);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.Equal(0, least);
    }

    private static void Run(TwinTrainer trainer, int steps)
    {
        for (int step = 0; step < steps; step++) { trainer.Step(1e-3); }
    }

    private static TwinTrainer Trainer(ITrainableTwin twin, int batch)
    {
        var random = new SeededRandom(3);
        float[] Normal(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.NextNormal())];
        var shots = new ShotSet();
        for (int call = 0; call < 3; call++) { shots.Add(new ShotCall(batch, Normal(batch * twin.Slots), Normal(twin.Actuators), Normal(batch * twin.Outputs))); }
        return new TwinTrainer(twin, shots, batch, seed: 1);
    }

    private static TwinScale Ones(int inputs, int outputs) =>
        new(new float[inputs], [.. Enumerable.Repeat(1f, inputs)], new float[outputs], [.. Enumerable.Repeat(1f, outputs)]);
}
