namespace PnnEdge.Physics.Plate;

/// <summary>
/// A microphone close above one point of the plate: it hears that point's acceleration, Σ c_k·q_k″, between one pole at
/// each end of its band.
/// </summary>
public readonly record struct Microphone
{
    public Microphone()
    {
    }

    /// <summary>In sides. Ours: here the modes that the speaker moves are heard about equally loud.</summary>
    public PlatePoint Place { get; init; } = new(0.47, 0.37);

    /// <summary>V·s²/m, with its preamplifier. Ours: full random drive is then heard with 0.28 V rms and peaks near ±1 V.</summary>
    public double VoltsPerMetrePerSquareSecond { get; init; } = 2e-3;

    public double LowCornerHz { get; init; } = 80;

    public double HighCornerHz { get; init; } = 15e3;
}
