namespace PnnEdge.Physics.Plate;

/// <summary>
/// The audio amplifier in front of the speaker: gain with a soft clip, then one pole at each end of its band. Ours, in
/// this order, so that the clip meets the held samples themselves.
/// </summary>
public readonly record struct Amplifier
{
    public Amplifier()
    {
    }

    /// <summary>V/V. Ours: a held ±1 V then moves the cone by about Xmax and no further.</summary>
    public double Gain { get; init; } = 4;

    /// <summary>
    /// Input volts that the clip turns on, ±. The clip is u/√(1 + (u/this)²), whose third harmonic at a 1 V sine is
    /// 1/(8·this²) of the first: 0.5 % distortion at 5 V.
    /// </summary>
    public double ClipVolts { get; init; } = 5;

    public double LowCornerHz { get; init; } = 20;

    public double HighCornerHz { get; init; } = 20e3;

    /// <param name="inputVolts">V.</param>
    /// <returns>V at the output, before the band's two poles.</returns>
    public double Clipped(double inputVolts)
    {
        double part = inputVolts / ClipVolts;
        return Gain * inputVolts / Math.Sqrt(1 + part * part);
    }
}
