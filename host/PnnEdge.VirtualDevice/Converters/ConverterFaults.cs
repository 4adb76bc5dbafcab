namespace PnnEdge.VirtualDevice.Converters;

/// <summary>Faults of the converters themselves, by the names used on the command line and in tests.</summary>
/// <param name="StuckCode">adc.stuck: every measurement reads this code; null when the converter lives.</param>
/// <param name="ClipVolts">adc.clip: the measuring front end saturates at ± this, V.</param>
/// <param name="InlVolts">adc.inl: a bow of this height over the measuring range, V.</param>
/// <param name="DacGain">dac.gain: what the drive really puts out per volt asked.</param>
/// <param name="Crosstalk">xtalk: share of the previous sample that is measured with each.</param>
public sealed record ConverterFaults(int? StuckCode, float ClipVolts, float InlVolts, float DacGain, float Crosstalk)
{
    public static ConverterFaults None { get; } = new(null, float.PositiveInfinity, 0f, 1f, 0f);

    public static IReadOnlyList<string> Names { get; } = ["adc.stuck", "adc.clip", "adc.inl", "dac.gain", "xtalk"];

    /// <summary>This set with one more named fault, at the strength the simulator uses for it (ours).</summary>
    /// <exception cref="ArgumentException">No such fault.</exception>
    public ConverterFaults With(string name) => name switch
    {
        "adc.stuck" => this with { StuckCode = 2048 },
        "adc.clip" => this with { ClipVolts = 1f },
        "adc.inl" => this with { InlVolts = 0.02f },
        "dac.gain" => this with { DacGain = 0.9f },
        "xtalk" => this with { Crosstalk = 0.05f },
        _ => throw new ArgumentException($"No converter fault is called '{name}'; there are {string.Join(", ", Names)}."),
    };
}
