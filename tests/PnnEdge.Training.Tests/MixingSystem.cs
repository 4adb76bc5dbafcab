using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Tests;

/// <summary>A physical system in three lines: each sample is the tanh of what is played now, a little earlier, and the actuator. Noise by shot index.</summary>
internal sealed class MixingSystem(int samples, double noiseVolts = 0, double gain = 1, double stepVolts = 0, double memory = 0.8) : IPhysicalSystem
{
    private long _passes;

    public SystemDescription Description { get; } = new(
        "mixing#1", Simulated: true, samples, samples, 1000, new VoltRange(-2, 2), stepVolts, new VoltRange(-5, 5), [new ActuatorPort("bias", new VoltRange(-1, 1))]);

    public SystemUsage Usage => new(_passes, 0, 0, 0, 0);

    /// <summary>Calls before this many are answered; later ones fail as a wire would.</summary>
    public int FailAfterCalls { get; set; } = int.MaxValue;

    public Task<Measurement> RunAsync(Stimulus stimulus, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        StimulusGuard.Require(Description, stimulus);
        if (FailAfterCalls-- <= 0) { throw new PhysicalSystemException("The bench is gone."); }
        float[] x = [.. stimulus.Volts.Select(v => stepVolts > 0 ? (float)(Math.Round(v / stepVolts) * stepVolts) : v)], y = new float[x.Length];
        for (int i = 0; i < y.Length; i++)
        {
            int t = i % samples;
            double earlier = (t >= 3 ? x[i - 3] : 0) - (t >= 7 ? 0.7 * x[i - 7] : 0);
            y[i] = (float)Math.Tanh(gain * (x[i] + (memory * earlier) + stimulus.ActuatorVolts[0]));
        }

        for (int s = 0; noiseVolts > 0 && s < stimulus.Shots; s++)
        {
            var random = new SeededRandom(stimulus.FirstShot + (ulong)s, stream: 99);
            for (int t = 0; t < samples; t++) { y[(s * samples) + t] += (float)(noiseVolts * random.NextNormal()); }
        }

        _passes += stimulus.Shots;
        return Task.FromResult(new Measurement(stimulus.FirstShot, stimulus.Shots, x, stimulus.ActuatorVolts, y));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
