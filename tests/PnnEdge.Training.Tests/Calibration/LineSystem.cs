using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Tests.Calibration;

/// <summary>A channel whose law a test writes down: every shot a function of its samples, with white noise and gain jitter by shot index, read in steps.</summary>
/// <param name="law">[sample], V played → [sample], V.</param>
/// <param name="noiseVolts">Of every sample.</param> <param name="gainJitter">One factor 1 + jitter for a shot, 1.</param>
/// <param name="stepVolts">Of the readings; 0 for none.</param>
internal sealed class LineSystem(Func<float[], double[]> law, double noiseVolts = 0, double gainJitter = 0, double stepVolts = 0, int samples = 64) : IPhysicalSystem
{
    public SystemDescription Description { get; init; } = new(
        "line#1", Simulated: true, samples, samples, 1000, new VoltRange(-10, 10), 0, new VoltRange(-10, 10), [])
    { MeasurementStepVolts = stepVolts };

    public SystemUsage Usage => default;

    /// <summary>Factor of a shot's reading, by logical index.</summary>
    public Func<ulong, double> Drift { get; init; } = _ => 1;

    /// <summary>A reading of each sample alone.</summary>
    public static LineSystem Of(Func<double, double> law, double noiseVolts = 0, double stepVolts = 0) => new(shot => [.. shot.Select(v => law(v))], noiseVolts, 0, stepVolts);

    public Task<Measurement> RunAsync(Stimulus stimulus, CancellationToken cancellation)
    {
        StimulusGuard.Require(Description, stimulus);
        float[] read = new float[stimulus.Volts.Length];
        for (int s = 0; s < stimulus.Shots; s++)
        {
            var random = new SeededRandom(stimulus.FirstShot + (ulong)s, stream: 7);
            double gain = Drift(stimulus.FirstShot + (ulong)s) * (1 + (gainJitter * random.NextNormal()));
            double[] answer = law([.. stimulus.Volts.AsSpan(s * samples, samples)]);
            for (int i = 0; i < samples; i++)
            {
                double v = Math.Clamp((gain * answer[i]) + (noiseVolts * random.NextNormal()), -10, 10 - stepVolts);
                read[(s * samples) + i] = (float)(stepVolts == 0 ? v : -10 + (Math.Round((v + 10) / stepVolts) * stepVolts));
            }
        }

        return Task.FromResult(new Measurement(stimulus.FirstShot, stimulus.Shots, stimulus.Volts, stimulus.ActuatorVolts, read));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
