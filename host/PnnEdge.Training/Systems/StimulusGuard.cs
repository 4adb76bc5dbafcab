namespace PnnEdge.Training.Systems;

/// <summary>The refusal every physical system makes before it plays anything: shape, range and NaN, in one sentence each.</summary>
public static class StimulusGuard
{
    /// <exception cref="ArgumentException">A shape does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A volt is outside its range, or NaN.</exception>
    public static void Require(SystemDescription description, Stimulus stimulus)
    {
        if (stimulus.Shots < 1 || stimulus.Volts.Length != (long)stimulus.Shots * description.StimulusSamples)
        {
            throw new ArgumentException(
                $"{description.Name} plays {description.StimulusSamples} samples per shot; {stimulus.Shots} shots came with {stimulus.Volts.Length} samples.",
                nameof(stimulus));
        }

        if (stimulus.ActuatorVolts.Length != description.ActuatorCount)
        {
            throw new ArgumentException(
                $"{description.Name} has {description.ActuatorCount} actuators; {stimulus.ActuatorVolts.Length} values came.", nameof(stimulus));
        }

        for (int i = 0; i < stimulus.Volts.Length; i++)
        {
            if (!description.StimulusRange.Contains(stimulus.Volts[i]))
            {
                int shot = i / description.StimulusSamples, sample = i % description.StimulusSamples;
                throw new ArgumentOutOfRangeException(nameof(stimulus),
                    $"Asked for {stimulus.Volts[i]} V in shot {shot}, sample {sample}; {description.Name} accepts {description.StimulusRange}.");
            }
        }

        int a = 0;
        foreach (ActuatorPort port in description.Actuators)
        {
            for (int end = a + port.Count; a < end; a++)
            {
                if (!port.Range.Contains(stimulus.ActuatorVolts[a]))
                {
                    throw new ArgumentOutOfRangeException(nameof(stimulus),
                        $"Asked for {stimulus.ActuatorVolts[a]} V on actuator {port.Name}{(port.Count > 1 ? $" {port.Count - end + a}" : "")}; {description.Name} accepts {port.Range}.");
                }
            }
        }
    }
}
