using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Plate;

/// <summary>How far one glued-up plate differs from the next; ours. Every value is uniform within ±.</summary>
public readonly record struct PlateTolerances
{
    public PlateTolerances()
    {
    }

    public static PlateTolerances Typical { get; } = new();

    /// <summary>Every unit is the nominal one.</summary>
    public static PlateTolerances None { get; } = new()
    {
        Frequency = 0,
        Damping = 0,
        Stiffness = 0,
        ForceFactor = 0,
        CoilResistance = 0,
        PlaceSides = 0,
        Gain = 0,
        OffsetVolts = 0,
    };

    public double Frequency { get; init; } = 0.01;

    public double Damping { get; init; } = 0.1;

    public double Stiffness { get; init; } = 0.1;

    public double ForceFactor { get; init; } = 0.05;

    public double CoilResistance { get; init; } = 0.03;

    /// <summary>Of the stem and of the microphone, each way, in sides: 0.3 mm.</summary>
    public double PlaceSides { get; init; } = 0.01;

    public double Gain { get; init; } = 0.05;

    public double OffsetVolts { get; init; } = 2e-3;
}

/// <summary>What is fixed about one unit for life: a function of its serial number alone, not of any seed.</summary>
/// <param name="Parameters">Its plate, speaker and microphone.</param>
/// <param name="Gain">Factor of the readout, 1.</param>
/// <param name="OffsetVolts">Added to the reading, V.</param>
public readonly record struct PlateUnit(PlateParameters Parameters, double Gain, double OffsetVolts)
{
    public static PlateUnit Of(ulong serial, in PlateParameters nominal, in PlateTolerances tolerances)
    {
        var chance = new ChanceSource(0, serial);
        Speaker speaker = nominal.Speaker;
        PlateParameters parameters = nominal with
        {
            FrequencyFactor = nominal.FrequencyFactor * (1 + tolerances.Frequency * Draw(chance, 0)),
            DampingFactor = nominal.DampingFactor * (1 + tolerances.Damping * Draw(chance, 1)),
            Speaker = speaker with
            {
                StiffnessNewtonPerMetre = speaker.StiffnessNewtonPerMetre * (1 + tolerances.Stiffness * Draw(chance, 2)),
                ForceFactorTeslaMetre = speaker.ForceFactorTeslaMetre * (1 + tolerances.ForceFactor * Draw(chance, 3)),
                CoilOhm = speaker.CoilOhm * (1 + tolerances.CoilResistance * Draw(chance, 4)),
            },
            Plate = nominal.Plate with { Drive = Near(nominal.Plate.Drive, tolerances.PlaceSides, chance, 5) },
            Microphone = nominal.Microphone with { Place = Near(nominal.Microphone.Place, tolerances.PlaceSides, chance, 7) },
        };
        return new PlateUnit(parameters, 1 + tolerances.Gain * Draw(chance, 9), tolerances.OffsetVolts * Draw(chance, 10));
    }

    private static PlatePoint Near(PlatePoint point, double sides, ChanceSource chance, uint part) =>
        new(Math.Clamp(point.Across + sides * Draw(chance, part), 0, 1), Math.Clamp(point.Along + sides * Draw(chance, part + 1), 0, 1));

    private static double Draw(ChanceSource chance, uint part) => chance.Symmetric(ChanceStream.Unit, 0, part);
}
