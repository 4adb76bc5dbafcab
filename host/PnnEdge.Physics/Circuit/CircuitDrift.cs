using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Circuit;

/// <summary>
/// Slow change with the logical shot index: a temperature that moves Vth (−2 mV/K), β (−0.3 %/K) and the capacitors (the unit's own
/// ppm/K), and the DAC's offset (1 mV). How the temperature moves is ours.
/// </summary>
public readonly record struct CircuitDrift
{
    public CircuitDrift()
    {
    }

    public static CircuitDrift Typical { get; } = new();

    /// <summary>The room stays as it is; the coefficients stay too, for <c>temp.ramp</c>.</summary>
    public static CircuitDrift None { get; } = new() { TemperatureKelvinRms = 0, DacOffsetVoltsRms = 0 };

    public double ThresholdVoltsPerKelvin { get; init; } = -2e-3;

    /// <summary>Relative change of β, 1/K.</summary>
    public double TransconductancePerKelvin { get; init; } = -3e-3;

    /// <summary>Ours.</summary>
    public double TemperatureKelvinRms { get; init; } = 1;

    public double DacOffsetVoltsRms { get; init; } = 1e-3;

    /// <summary>Correlation length of both walks, shots; ours.</summary>
    public ulong ShotsPerKnot { get; init; } = 20_000;

    /// <summary>Difference from the temperature at which the parameters hold, K.</summary>
    internal double TemperatureKelvin(ChanceSource chance, ulong shot) => TemperatureKelvinRms == 0
        ? 0
        : TemperatureKelvinRms * SlowWalk.At(chance, ChanceStream.Temperature, shot, ShotsPerKnot);

    internal double DacOffsetVolts(ChanceSource chance, ulong shot) => DacOffsetVoltsRms == 0
        ? 0
        : DacOffsetVoltsRms * SlowWalk.At(chance, ChanceStream.DacOffset, shot, ShotsPerKnot);
}
