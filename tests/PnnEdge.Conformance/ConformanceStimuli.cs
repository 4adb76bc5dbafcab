using PnnEdge.Training.Systems;

namespace PnnEdge.Conformance;

/// <summary>The stimuli of the suite, known in advance so that a recording can be made of them.</summary>
public static class ConformanceStimuli
{
    public const int Shots = 5;
    public const ulong FirstShot = (3UL << 40) + 17;

    /// <summary>Five different shots inside the range, actuators a third up theirs.</summary>
    public static Stimulus Batch(SystemDescription description)
    {
        VoltRange range = description.StimulusRange;
        float[] volts = new float[Shots * description.StimulusSamples];
        for (int i = 0; i < volts.Length; i++)
        {
            int shot = i / description.StimulusSamples, sample = i % description.StimulusSamples;

            // Steps of 8 samples through eleven levels from 10 % to 90 % of the range, each shot in its own order.
            int level = (((sample / 8) * (shot + 3)) + (2 * shot)) % 11;
            volts[i] = range.MinVolts + ((range.MaxVolts - range.MinVolts) * (0.1f + (0.08f * level)));
        }

        float[] actuators =
            [.. description.Actuators.SelectMany(port => Enumerable.Repeat(port.Range.MinVolts + ((port.Range.MaxVolts - port.Range.MinVolts) / 3), port.Count))];
        return new Stimulus(FirstShot, Shots, volts, actuators);
    }

    /// <summary>One shot of the batch alone.</summary>
    public static Stimulus Alone(SystemDescription description, int shot)
    {
        Stimulus batch = Batch(description);
        return new Stimulus(
            FirstShot + (ulong)shot, 1, batch.Volts.AsSpan(shot * description.StimulusSamples, description.StimulusSamples).ToArray(), batch.ActuatorVolts);
    }
}
