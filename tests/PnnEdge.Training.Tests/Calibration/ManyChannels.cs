using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Tests.Calibration;

/// <summary>A bench of channels beside each other: each input reads a tanh of a random sum of the slots, some static outputs as a product with a slot, and noise.</summary>
/// <param name="noiseVolts">Of every reading.</param>
internal sealed class ManyChannels(int slots, int inputs, int statics, double noiseVolts, ulong seed) : IPhysicalSystem
{
    public SystemDescription Description { get; } = new(
        "many#1", Simulated: true, slots, inputs, 1000, new VoltRange(0, 1), 0, new VoltRange(-2, 2), statics == 0 ? [] : [new ActuatorPort("knob", new VoltRange(-1, 1), statics)]);

    public SystemUsage Usage => new(Shots, 0, 0, 0, 0);

    public ShotShape Shape => ShotShape.LoadThenRead(slots, inputs);

    public long Shots { get; private set; }

    /// <summary>Slots that stay at the top of their range.</summary>
    public int[] DeadSlots { get; init; } = [];

    /// <summary>Static outputs that stay at 0 V.</summary>
    public int[] DeadStatics { get; init; } = [];

    /// <summary>Inputs that read noise alone.</summary>
    public int[] DeadInputs { get; init; } = [];

    public Task<Measurement> RunAsync(Stimulus stimulus, CancellationToken cancellation)
    {
        StimulusGuard.Require(Description, stimulus);
        Shots += stimulus.Shots;
        float[] read = new float[stimulus.Shots * inputs];
        for (int s = 0; s < stimulus.Shots; s++)
        {
            int at = s * slots;
            float Slot(int k) => DeadSlots.Contains(k) ? 1 : stimulus.Volts[at + k];
            var noise = new SeededRandom(stimulus.FirstShot + (ulong)s, stream: seed);
            for (int i = 0; i < inputs; i++)
            {
                var weights = new SeededRandom((ulong)i, stream: 0xC0DE);
                double sum = 0;
                for (int k = 0; k < slots; k++) { sum += (weights.NextDouble() - 0.5) * Slot(k); }
                for (int a = 0; a < statics; a++)
                {
                    sum += (weights.NextDouble() - 0.5) * (DeadStatics.Contains(a) ? 0 : stimulus.ActuatorVolts[a]) * Slot(a % slots);
                }

                read[(s * inputs) + i] = (float)((DeadInputs.Contains(i) ? 0 : Math.Tanh(sum)) + (noiseVolts * noise.NextNormal()));
            }
        }

        return Task.FromResult(new Measurement(stimulus.FirstShot, stimulus.Shots, stimulus.Volts, stimulus.ActuatorVolts, read));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
