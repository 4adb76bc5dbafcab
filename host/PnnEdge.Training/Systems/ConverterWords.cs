namespace PnnEdge.Training.Systems;

/// <summary>A system whose measurements are computed from its converters' words (moved between samples, a dark level subtracted, averaged), and that shows those, too.</summary>
public interface IShowsWords
{
    ConverterWords Words { get; }
}

/// <summary>What converters read before anything is computed from it.</summary>
/// <param name="inputs">[input], for sentences, in the order in which words stand side by side.</param>
/// <param name="lowest">The lowest word, in the words' own unit.</param>
/// <param name="step">Between two neighbouring words, same unit; 0 where words are no counts.</param>
/// <param name="bits">Of a word; 0 where words are no counts.</param>
public sealed class ConverterWords(IReadOnlyList<string> inputs, double lowest, double step, int bits)
{
    public IReadOnlyList<string> Inputs => inputs;

    public double Lowest => lowest;

    public double Step => step;

    public int Bits => bits;

    /// <summary>One converter, or one data bus, reads all inputs: a digit that it loses is lost everywhere.</summary>
    public bool IsShared { get; init; }

    /// <summary>One sentence where words are no converter's counts; null where they are.</summary>
    public string? NoCounts { get; init; }

    /// <summary>Given [reading, input] of what is measured from now on; add and take away what looks at it.</summary>
    public Action<ReadOnlySpan<float>>? Read { get; set; }

    /// <summary>Of a system whose measurements are its converter's words themselves.</summary>
    public static ConverterWords Of(SystemDescription system)
    {
        double step = system.MeasurementStepVolts, span = system.MeasurementRange.MaxVolts - (double)system.MeasurementRange.MinVolts;
        return new ConverterWords(["the input"], system.MeasurementRange.MinVolts, step, step == 0 ? 0 : (int)Math.Round(Math.Log2((span / step) + 1)))
        {
            NoCounts = step == 0 ? "This bench does not tell its converter's step." : null,
        };
    }
}
