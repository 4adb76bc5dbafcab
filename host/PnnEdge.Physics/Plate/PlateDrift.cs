using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Plate;

/// <summary>
/// Slow change with the logical shot index: a temperature that moves every mode's frequency (−45 ppm/K), the damping (5 % rms)
/// and the microphone's gain (1 % rms). How each moves is ours.
/// </summary>
public readonly record struct PlateDrift
{
    public PlateDrift()
    {
    }

    public static PlateDrift Typical { get; } = new();

    /// <summary>The room stays as it is; the coefficient stays too, for <c>temp.ramp</c>.</summary>
    public static PlateDrift None { get; } = new() { TemperatureKelvinRms = 0, DampingRms = 0, GainRms = 0 };

    /// <summary>Relative change of ω_k, 1/K.</summary>
    public double FrequencyPerKelvin { get; init; } = -45e-6;

    /// <summary>From one knot to the next, an hour, it then changes by 2 K rms.</summary>
    public double TemperatureKelvinRms { get; init; } = 1.4;

    /// <summary>Relative change of every ζ_k, 1.</summary>
    public double DampingRms { get; init; } = 0.05;

    public double GainRms { get; init; } = 0.01;

    /// <summary>Correlation length of the walks, shots; ours: the shots of an hour.</summary>
    public ulong ShotsPerKnot { get; init; } = 20_000;

    /// <summary>Difference from the temperature at which the parameters hold, K.</summary>
    internal double TemperatureKelvin(ChanceSource chance, ulong shot) => Walk(TemperatureKelvinRms, chance, ChanceStream.Temperature, shot);

    internal double DampingFactor(ChanceSource chance, ulong shot) => 1 + Walk(DampingRms, chance, ChanceStream.PlateDamping, shot);

    internal double Gain(ChanceSource chance, ulong shot) => 1 + Walk(GainRms, chance, ChanceStream.MicrophoneGain, shot);

    private double Walk(double rms, ChanceSource chance, ChanceStream stream, ulong shot) =>
        rms == 0 ? 0 : rms * SlowWalk.At(chance, stream, shot, ShotsPerKnot);
}
