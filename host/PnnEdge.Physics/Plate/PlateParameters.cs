namespace PnnEdge.Physics.Plate;

/// <summary>
/// Amplifier → speaker → plate → microphone. With q_k the plate's bending modes (and q_0 its motion as a whole, cone
/// included), D_k and C_k their shapes at the stem and under the microphone, m the plate's mass and ω_k, ζ_k their
/// frequencies and damping:
/// <code>
/// h′ = ω_h·(w − h)               w the clipped input        z′ = ω_l·(Σ C_k·q_k′ − z)
/// e′ = ω_a·(w − h − e)                                      d′ = ω_m·(z − d)
/// Le·i′ = e − Re·i − Bl(x)·x′    x = Σ D_k·q_k              node = sensitivity·(z′ − d′)
/// q_k″ + 2ζ_k·ω_k·q_k′ + ω_k²·q_k + α·g_k·q_k·Σ g_j·q_j² = D_k·F/m,   F = Bl(x)·i − Rms·x′ − Kms(x)·x
/// </code>
/// </summary>
/// <remarks>
/// The modes are those of the plate with the cone's mass glued to it (<see cref="PlateModes"/>), so the plate's reaction on
/// the cone is in them, with none left out. g_k = ω_k/ω_1: stretching grows with the squared wave number, and so does a
/// plate's frequency. z is the acceleration's low-pass written on the velocity, so no acceleration is ever computed.
/// Wright et al. (arXiv 2104.13386) publish the experiment's kind, not these values. Ranges: <see cref="PlateParameterRanges"/>.
/// </remarks>
public readonly record struct PlateParameters
{
    public PlateParameters()
    {
    }

    public static PlateParameters Nominal { get; } = new();

    /// <summary>
    /// A shot of 196 samples then lasts 2 ms, and the plate's answer to one sample has lost half its energy after 0.6 ms and
    /// nine tenths after 2 ms: every sample is still heard at the end, but neighbours blur (80 of the 196 singular values of drive →
    /// output are within 40 dB). With each value held two samples, or at 48 kS/s, 155 are; at 192 kS/s only 40.
    /// </summary>
    public double SampleRateHz { get; init; } = 96e3;

    public Amplifier Amplifier { get; init; } = new();

    public Speaker Speaker { get; init; } = new();

    public PlateBody Plate { get; init; } = new();

    public Microphone Microphone { get; init; } = new();

    /// <summary>On every mode's frequency: what a temperature changes and a fit may find.</summary>
    public double FrequencyFactor { get; init; } = 1;

    /// <summary>On every mode's ζ.</summary>
    public double DampingFactor { get; init; } = 1;

    public double SamplePeriodSeconds => 1 / SampleRateHz;
}
