using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Circuit;

/// <summary>How far units differ; ours: common parts, a MOSFET picked from one reel. Every value is uniform within ±.</summary>
public readonly record struct CircuitTolerances
{
    public CircuitTolerances()
    {
    }

    public static CircuitTolerances Typical { get; } = new();

    /// <summary>Every unit is the nominal one.</summary>
    public static CircuitTolerances None { get; } = new()
    {
        Inductance = 0,
        Capacitance = 0,
        Resistance = 0,
        ThresholdVolts = 0,
        Transconductance = 0,
        Gain = 0,
        OffsetVolts = 0,
        CapacitancePpmPerKelvin = 0,
    };

    /// <summary>Of a ladder's parts: film capacitors of 5 %, polyester.</summary>
    public static CircuitTolerances Film { get; } = new() { Capacitance = 0.05, CapacitancePpmPerKelvin = 400 };

    public double Inductance { get; init; } = 0.05;

    public double Capacitance { get; init; } = 0.02;

    public double Resistance { get; init; } = 0.01;

    public double ThresholdVolts { get; init; } = 0.1;

    public double Transconductance { get; init; } = 0.1;

    public double Gain { get; init; } = 0.01;

    public double OffsetVolts { get; init; } = 5e-3;

    /// <summary>C0G.</summary>
    public double CapacitancePpmPerKelvin { get; init; } = 30;
}

/// <summary>What is fixed about one unit for life: a function of its serial number alone, not of any seed.</summary>
/// <param name="Inductance">Factor, 1.</param>
/// <param name="Capacitance">Factor, 1.</param>
/// <param name="Resistance">Factor, 1.</param>
/// <param name="ThresholdVolts">Added to Vth, V.</param>
/// <param name="Transconductance">Factor on β, 1.</param>
/// <param name="Gain">Factor of the readout, 1.</param>
/// <param name="OffsetVolts">Added to the reading, V.</param>
/// <param name="CapacitancePerKelvin">Relative change of every capacitor, 1/K.</param>
/// <param name="MiddleCapacitance">Factor, 1.</param>
/// <param name="SecondResistance">Factor, 1.</param>
public readonly record struct CircuitUnit(
    double Inductance,
    double Capacitance,
    double Resistance,
    double ThresholdVolts,
    double Transconductance,
    double Gain,
    double OffsetVolts,
    double CapacitancePerKelvin,
    double MiddleCapacitance,
    double SecondResistance)
{
    public static CircuitUnit Of(ulong serial, in CircuitTolerances tolerances)
    {
        var chance = new ChanceSource(0, serial);
        return new CircuitUnit(
            1 + tolerances.Inductance * Draw(chance, 0),
            1 + tolerances.Capacitance * Draw(chance, 1),
            1 + tolerances.Resistance * Draw(chance, 2),
            tolerances.ThresholdVolts * Draw(chance, 3),
            1 + tolerances.Transconductance * Draw(chance, 4),
            1 + tolerances.Gain * Draw(chance, 5),
            tolerances.OffsetVolts * Draw(chance, 6),
            tolerances.CapacitancePpmPerKelvin * 1e-6 * Draw(chance, 7),
            1 + tolerances.Capacitance * Draw(chance, 8),
            1 + tolerances.Resistance * Draw(chance, 9));
    }

    private static double Draw(ChanceSource chance, uint part) => chance.Symmetric(ChanceStream.Unit, 0, part);
}
