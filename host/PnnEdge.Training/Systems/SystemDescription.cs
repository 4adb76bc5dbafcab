namespace PnnEdge.Training.Systems;

/// <summary>What a physical system accepts and returns in one shot.</summary>
/// <param name="Name">The physical system and the unit that stands for it, such as <c>circuit#7</c>.</param>
/// <param name="Simulated">True when no hardware is behind it; shown beside every result.</param>
/// <param name="StimulusSamples">Samples played per shot.</param>
/// <param name="MeasurementSamples">Samples measured per shot.</param>
/// <param name="SampleRateHz">Of the stimulus and of the measurement.</param>
/// <param name="StimulusRange">What the drive output accepts, V.</param>
/// <param name="StimulusStepVolts">One step of the drive converter, V; 0 when it does not quantise.</param>
/// <param name="MeasurementRange">Where the measuring converter clips, V.</param>
/// <param name="Actuators">Static outputs held during a shot, in the order of <see cref="Stimulus.ActuatorVolts"/>.</param>
public sealed record SystemDescription(
    string Name,
    bool Simulated,
    int StimulusSamples,
    int MeasurementSamples,
    double SampleRateHz,
    VoltRange StimulusRange,
    double StimulusStepVolts,
    VoltRange MeasurementRange,
    IReadOnlyList<ActuatorPort> Actuators)
{
    /// <summary>One step of the measuring converter, V; 0 when it does not quantise or is not known.</summary>
    public double MeasurementStepVolts { get; init; }

    /// <summary>Its readings are moved between samples by an interpolation that knows nothing near half the rate: an edge rings a little way before and behind itself, another way each time.</summary>
    public bool IsInterpolated { get; init; }

    /// <summary>A wire can be plugged from output to input, in the physics' place; light has none.</summary>
    public bool TakesPlug { get; init; } = true;

    /// <summary>Where what it measures stands late by an unknown amount: then its samples are words of several channels, and not yet a shot's. Null everywhere else.</summary>
    public UnknownLag? Lag { get; init; }

    /// <summary>Values that one call sets: the ports' counts together.</summary>
    public int ActuatorCount => Actuators.Sum(port => port.Count);

    /// <summary>The port that holds one of the <see cref="ActuatorCount"/> values.</summary>
    public ActuatorPort ActuatorAt(int index)
    {
        foreach (ActuatorPort port in Actuators)
        {
            if (index < port.Count) { return port; }
            index -= port.Count;
        }

        throw new ArgumentOutOfRangeException(nameof(index), $"{Name} has {ActuatorCount} actuators.");
    }
}

/// <summary>A closed range of volts.</summary>
public readonly record struct VoltRange(float MinVolts, float MaxVolts)
{
    public bool Contains(float volts) => volts >= MinVolts && volts <= MaxVolts;

    public override string ToString() => $"{MinVolts:G4} to {MaxVolts:G4} V";
}

/// <summary>A static output, or a bank of equal ones: values held while shots are played.</summary>
/// <param name="Name">Of the bank.</param>
/// <param name="Range">Of each.</param>
/// <param name="Count">How many; they stand side by side in <see cref="Stimulus.ActuatorVolts"/>.</param>
public sealed record ActuatorPort(string Name, VoltRange Range, int Count = 1);
