using PnnEdge.Training.Coding;
using PnnEdge.Training.Recordings;
using PnnEdge.Training.Twins;
using PnnEdge.Training.Twins.Convolution;

namespace PnnEdge.Training.Tests.Twins;

public class ConvolutionTwinTests
{
    // Two slots a step; two windows a step, late by a step, channels that change; one window for several slots.
    public static TheoryData<int, int, int, int, int[]> Shapes => new()
    {
        { 16, 1, 8, 0, new[] { 5, 5, 5 } },
        { 12, 2, 24, 1, new[] { 4, 6, 6 } },
        { 18, 0, 6, 2, new[] { 7 } },
    };

    [Theory, MemberData(nameof(Shapes))]
    public void The_reverse_is_the_central_difference_of_the_forward(int slots, int actuators, int windows, int late, int[] widths) =>
        CentralDifferences.AssertVjp(Twin(slots, actuators, windows, late, widths), 3, stride: 4, step: 1f / 64, tolerance: 1e-3); // rounding 5e-6·32 = 2e-4 of sums of order 5; truncation h² = 2e-4 of the third derivative

    [Theory, MemberData(nameof(Shapes))]
    public void The_fit_gradient_is_the_central_difference_of_the_fit_loss(int slots, int actuators, int windows, int late, int[] widths) =>
        CentralDifferences.AssertLossGradient(Twin(slots, actuators, windows, late, widths), 5, stride: 1, step: 1f / 128, tolerance: 4e-4); // a loss of order 10 to 1e-6, times 64: 1e-4; truncation h²/6 of the third derivative: 2e-4

    [Fact]
    public void A_shot_has_the_same_bits_alone_and_in_a_batch()
    {
        ConvolutionTwin twin = Twin(16, 1, 8, 0, [5, 5, 5]);
        const int Shots = 7;
        float[] x = CentralDifferences.Noise(Shots * 16, 1), a = [0.3f], dy = CentralDifferences.Noise(Shots * 8, 2);
        float[] y = new float[Shots * 8], dx = new float[Shots * 16], one = new float[8], dxOne = new float[16], da = new float[1];
        twin.Forward(x, a, Shots, y);
        twin.Vjp(x, a, Shots, dy, dx, da);
        for (int s = 0; s < Shots; s++)
        {
            twin.Forward(x.AsSpan(s * 16, 16), a, 1, one);
            twin.Vjp(x.AsSpan(s * 16, 16), a, 1, dy.AsSpan(s * 8, 8), dxOne, da);
            Assert.Equal(y[(s * 8)..((s + 1) * 8)], one);
            Assert.Equal(dx[(s * 16)..((s + 1) * 16)], dxOne);
        }
    }

    [Theory, InlineData(0), InlineData(2)]
    public void A_window_sees_no_later_slot_and_none_older_than_the_receptive_field(int lateSteps)
    {
        ConvolutionTwin twin = Twin(48, 0, 24, lateSteps, [3, 3, 3]);
        float[] x = CentralDifferences.Noise(48, 5), dy = new float[24], dx = new float[48];
        const int Window = 15, oldest = 5 + (2 * (1 + 2)); // a memory of 5, then steps of 2 slots, 1 and 2 ago
        dy[Window] = 1;
        twin.Vjp(x, [], 1, dy, dx, []);
        int end = (Window + 1 + lateSteps) * 2;
        for (int slot = 0; slot < 48; slot++) { Assert.Equal(slot < end && slot >= end - oldest, dx[slot] != 0); }
    }

    [Fact]
    public void It_comes_back_from_disk_as_it_was()
    {
        using var folder = new TemporaryFolder();
        ConvolutionTwin twin = Twin(12, 2, 24, 1, [4, 6, 6]);
        TwinFile.Save(folder.File("twin.npz"), twin);
        ConvolutionTwin back = Assert.IsType<ConvolutionTwin>(TwinFile.Load(folder.File("twin.npz")));
        float[] x = CentralDifferences.Noise(12, 1), y = new float[24], again = new float[24];
        twin.Forward(x, [0.1f, -0.4f], 1, y);
        back.Forward(x, [0.1f, -0.4f], 1, again);
        Assert.Equal(y, again);

        NpzArchive spoiled = NpzArchive.Load(folder.File("twin.npz"));
        spoiled.Add("widths", [4, 6, 7]);
        spoiled.Save(folder.File("spoiled.npz"));
        Assert.Throws<InvalidDataException>(() => TwinFile.Load(folder.File("spoiled.npz")));
    }

    [Fact]
    public async Task It_needs_a_fraction_of_the_shots_of_a_twin_of_the_whole_shot()
    {
        TwinFitSettings few = TinyTask.TwinFit with { Shots = 300, Epochs = 60, BatchShots = 10 };
        TwinFitSettings causal = few with { Kind = TwinKind.CausalConvolution, MemorySlots = 6, HiddenWidths = [16, 16, 16], LearningRate = 0.01 };
        TwinFit whole = await Fit(few), convolution = await Fit(causal);
        Assert.True(convolution.HeldOutNrmse < whole.HeldOutNrmse / 3, $"Convolution {convolution.HeldOutNrmse:F3}, whole {whole.HeldOutNrmse:F3}.");

        static Task<TwinFit> Fit(TwinFitSettings settings) =>
            TwinFitting.RunAsync(TinyTask.System(), TinyTask.Plan, TinyTask.Drive, settings, 8, TimeProvider.System, null, default);
    }

    [Fact]
    public void A_shot_that_is_read_after_it_is_loaded_is_refused()
    {
        var plan = new SlotPlan(8, 8, 1, 8, readSamples: 16);
        Assert.Contains("read afterwards", Assert.Throws<ArgumentException>(() => ConvolutionShape.Of(plan, 0, 4, [8])).Message, StringComparison.Ordinal);
    }

    private static ConvolutionTwin Twin(int slots, int actuators, int windows, int lateSteps, int[] widths)
    {
        var shape = new ConvolutionShape(slots, actuators, windows, memorySlots: 5, lateSteps, widths);
        float[] centre = [.. Enumerable.Repeat(0.1f, 1 + actuators)], spread = [.. Enumerable.Repeat(0.9f, 1 + actuators)];
        float[] outCentre = [.. Enumerable.Repeat(-0.05f, shape.WindowsPerStep)], outSpread = [.. Enumerable.Repeat(0.5f, shape.WindowsPerStep)];
        var twin = new ConvolutionTwin(shape, new TwinScale(centre, spread, outCentre, outSpread), seed: 3);
        CentralDifferences.Noise(twin.Parameters.Length, 4).CopyTo(twin.Parameters, 0);
        foreach (ref float parameter in twin.Parameters.AsSpan()) { parameter *= 0.4f; }
        return twin;
    }
}
