using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.Training.Tests;

public class FidelityTests
{
    private static readonly FidelitySettings Settings = new(Points: 12, Directions: 32, StepConverterSteps: 20, Repeats: 4, ValueShots: 200);

    [Fact]
    public async Task An_exact_twin_has_cosine_1_against_the_truth_and_on_the_noisy_device()
    {
        FidelityReport report = await Measure(new ExactTwin(1), noiseVolts: 0.02);
        Assert.InRange(report.TruthGradientCosine!.Value, 0.995, 1); // curvature over a step of 0.1 V
        Assert.InRange(report.TruthPlateauCosine!.Value, 0.995, 1);
        Assert.InRange(report.TruthNrmse!.Value, 0, 1e-5);
        Assert.InRange(report.DeviceGradientCosine, 0.98, 1.02); // the correction removes the noise's share, up to its own scatter
        Assert.InRange(1, report.DeviceCosineLow - 0.01, report.DeviceCosineHigh + 0.01);
        Assert.InRange(report.SplitHalfCosine, 0.3, 0.995); // the noise is there
    }

    [Fact]
    public async Task Noise_alone_does_not_lower_the_corrected_cosine()
    {
        FidelityReport quiet = await Measure(new ExactTwin(1), noiseVolts: 0.005), loud = await Measure(new ExactTwin(1), noiseVolts: 0.05);
        Assert.True(loud.SplitHalfCosine < quiet.SplitHalfCosine - 0.05);
        Assert.Equal(quiet.DeviceGradientCosine, loud.DeviceGradientCosine, 0.05); // the scatter of 12 points at this noise
    }

    [Fact]
    public async Task A_twin_that_is_blind_to_the_past_has_a_lower_cosine_on_both_figures()
    {
        FidelityReport report = await Measure(new ExactTwin(1, memory: 0), noiseVolts: 0.01);
        Assert.InRange(report.TruthGradientCosine!.Value, 0.3, 0.9);
        Assert.Equal(report.TruthGradientCosine.Value, report.DeviceGradientCosine, 0.05);
        Assert.True(report.DeviceCosineHigh < 0.95);
        Assert.True(report.DeviceNrmse > 0.2);
    }

    [Fact]
    public async Task A_twin_of_opposite_sign_has_cosine_minus_1() =>
        Assert.InRange((await Measure(new ExactTwin(-1), noiseVolts: 0.005)).DeviceGradientCosine, -1.02, -0.97);

    [Fact]
    public async Task Without_a_truth_only_the_device_figures_are_given()
    {
        await using var device = TinyTask.System();
        FidelityReport report = await TwinFidelity.RunAsync(device, null, new ExactTwin(1), TinyTask.Plan, TinyTask.Drive, Settings, 1, 50_000, default);
        Assert.Null(report.TruthGradientCosine);
        Assert.Null(report.TruthNrmse);
        Assert.Equal((12 * 64 * 4) + 200, report.Passes);
    }

    [Fact]
    public async Task What_is_measured_on_the_device_does_not_depend_on_whether_there_is_a_truth()
    {
        FidelityReport with = await Measure(new ExactTwin(1), noiseVolts: 0.02);
        FidelityReport without = await TwinFidelity.RunAsync(TinyTask.System(noiseVolts: 0.02), null, new ExactTwin(1), TinyTask.Plan, TinyTask.Drive, Settings, 3, 50_000, default);
        Assert.NotNull(with.TruthGradientCosine);
        Assert.Equal(with with { TruthNrmse = null, TruthGradientCosine = null, TruthPlateauCosine = null }, without); // bit for bit
    }

    [Fact]
    public async Task A_fitted_twin_reports_its_held_out_error_and_does_not_depend_on_chance_outside_its_seed()
    {
        TwinFit a = await TinyTask.FitTwinAsync(TinyTask.System(), 5), b = await TinyTask.FitTwinAsync(TinyTask.System(), 5), other = await TinyTask.FitTwinAsync(TinyTask.System(), 6);
        Assert.Equal(TinyTask.ParametersOf(a), TinyTask.ParametersOf(b));
        Assert.NotEqual(TinyTask.ParametersOf(a), TinyTask.ParametersOf(other));
        Assert.InRange(a.HeldOutNrmse, 0.005, 0.25);
        FidelityReport report = await TwinFidelity.RunAsync(TinyTask.System(), TinyTask.System(noiseVolts: 0), a.Twin, TinyTask.Plan, TinyTask.Drive, Settings, 5, 50_000, default);
        Assert.Equal(a.HeldOutNrmse, report.DeviceNrmse, 0.05); // both are errors on shots that were not fitted
    }

    [Fact]
    public async Task A_causal_twin_needs_a_fraction_of_the_shots_of_a_twin_of_the_whole_shot()
    {
        TwinFitSettings few = TinyTask.TwinFit with { Shots = 300, Epochs = 60, BatchShots = 10 };
        TwinFit whole = await TwinFitting.RunAsync(TinyTask.System(), TinyTask.Plan, TinyTask.Drive, few, 8, TimeProvider.System, null, default);
        TwinFit causal = await TwinFitting.RunAsync(TinyTask.System(), TinyTask.Plan, TinyTask.Drive, few with { Kind = TwinKind.CausalPerceptron, MemorySlots = 6 }, 8, TimeProvider.System, null, default);
        Assert.True(causal.HeldOutNrmse < whole.HeldOutNrmse / 2, $"Causal {causal.HeldOutNrmse:F3}, whole {whole.HeldOutNrmse:F3}.");
    }

    [Fact]
    public async Task An_output_that_does_not_move_is_refused()
    {
        await using var dead = new MixingSystem(TinyTask.Plan.Shot.StimulusSamples, gain: 0);
        PhysicalSystemException refused = await Assert.ThrowsAsync<PhysicalSystemException>(() => TinyTask.FitTwinAsync(dead, 1));
        Assert.Contains("is the drive connected", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_coarse_converter_two_of_its_steps_tell_the_cosine()
    {
        await using var device = new MixingSystem(TinyTask.Plan.Shot.StimulusSamples, noiseVolts: 0.005, stepVolts: 0.1);
        FidelityReport report = await TwinFidelity.RunAsync(device, null, new ExactTwin(1), TinyTask.Plan, TinyTask.Drive, Settings, 3, 50_000, default);
        Assert.Equal(0.2, report.StepVolts, 1e-9); // twenty steps would leave the range of 3 V
        Assert.InRange(report.DeviceGradientCosine, 0.97, 1.02); // curvature over 0.4 V
    }

    private static async Task<FidelityReport> Measure(ITwin twin, double noiseVolts)
    {
        await using var device = TinyTask.System(noiseVolts);
        await using var truth = TinyTask.System(noiseVolts: 0);
        return await TwinFidelity.RunAsync(device, truth, twin, TinyTask.Plan, TinyTask.Drive, Settings, 3, 50_000, default);
    }

    /// <summary>The mixing system's own law in slots: every slot held 2 samples, windows of 4.</summary>
    private sealed class ExactTwin(double sign, double memory = 0.8) : ITwin
    {
        private const int Hold = 2, WindowSamples = 4;

        public int Slots => TinyTask.Plan.Slots;

        public int Actuators => 1;

        public int Outputs => TinyTask.Plan.Windows;

        public void Forward(ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots, Span<float> y)
        {
            for (int s = 0; s < shots; s++)
            {
                for (int w = 0; w < Outputs; w++)
                {
                    double sum = 0;
                    for (int t = w * WindowSamples; t < (w + 1) * WindowSamples; t++) { sum += Math.Tanh(Argument(slots.Slice(s * Slots, Slots), actuators[0], t)); }
                    y[(s * Outputs) + w] = (float)(sign * sum / WindowSamples);
                }
            }
        }

        public void Vjp(
            ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots, ReadOnlySpan<float> dy, Span<float> dslots, Span<float> dactuators)
        {
            dslots.Clear();
            dactuators.Clear();
            for (int s = 0; s < shots; s++)
            {
                Span<float> d = dslots.Slice(s * Slots, Slots);
                for (int t = 0; t < Outputs * WindowSamples; t++)
                {
                    double y = Math.Tanh(Argument(slots.Slice(s * Slots, Slots), actuators[0], t));
                    float slope = (float)(sign * dy[(s * Outputs) + (t / WindowSamples)] * (1 - (y * y)) / WindowSamples);
                    d[t / Hold] += slope;
                    if (t >= 3) { d[(t - 3) / Hold] += (float)memory * slope; }
                    if (t >= 7) { d[(t - 7) / Hold] -= (float)memory * 0.7f * slope; }
                    dactuators[0] += slope;
                }
            }
        }

        private double Argument(ReadOnlySpan<float> slots, float actuator, int t)
        {
            double earlier = (t >= 3 ? slots[(t - 3) / Hold] : 0) - (t >= 7 ? 0.7 * slots[(t - 7) / Hold] : 0);
            return slots[t / Hold] + (memory * earlier) + actuator;
        }
    }
}
