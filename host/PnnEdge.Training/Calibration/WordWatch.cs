using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Calibration;

/// <summary>Looks at a bench's converter words while something else is measured: at those it shows beside its measurements, or at the measurements where these are words themselves.</summary>
public sealed class WordWatch : IDisposable
{
    private const int StirredShots = 64;

    private readonly ConverterWords _words;
    private readonly ConverterWords? _shown;
    private readonly StuckBits[] _inputs;
    private readonly StuckBits? _shared;
    private readonly StuckBits _measurements = new(0, 0, 0);

    public WordWatch(IPhysicalSystem system)
    {
        _shown = (system as IShowsWords)?.Words;
        _words = _shown ?? ConverterWords.Of(system.Description);
        _inputs = [.. _words.Inputs.Select(_ => NewBits())];
        _shared = _words.IsShared ? NewBits() : null;
        if (_shown is not null) { _shown.Read += SeeWords; }
    }

    /// <summary>All measurements were one and the same value.</summary>
    public bool IsStill => _measurements.IsStill;

    public WordFigures Figures => new(
        _shared is not null ? [new WordDigits("all inputs", _words.Bits, _shared.Changed, _shared.Stuck)] : [.. _inputs.Select((bits, i) => new WordDigits(_words.Inputs[i], _words.Bits, bits.Changed, bits.Stuck))],
        [.. _words.Inputs.Where((_, i) => _inputs[i].IsStill)], _words.Step, _words.NoCounts);

    /// <param name="volts">Measured, V.</param>
    public void See(ReadOnlySpan<float> volts)
    {
        foreach (float v in volts) { _measurements.See(v); }
        if (_shown is null) { SeeWords(volts); }
    }

    public void Dispose()
    {
        if (_shown is not null) { _shown.Read -= SeeWords; }
    }

    /// <summary>Drives all that the board allows its output, so that words go as far as they will: shots of random volts, fast and slow ones.</summary>
    /// <param name="areSlots">A shot's samples are channels, not moments: many of them at one high level would be more than a detector takes.</param>
    public async Task StirAsync(IPhysicalSystem system, bool areSlots, ShotCounter counter, CancellationToken cancellation)
    {
        SystemDescription d = system.Description;
        var random = new SeededRandom(seed: 0, stream: 0x571);
        float[] volts = new float[StirredShots * d.StimulusSamples];
        for (int shot = 0; shot < StirredShots; shot++)
        {
            HeldVolts.Fill(volts.AsSpan(shot * d.StimulusSamples, d.StimulusSamples), random, d.StimulusRange, areSlots ? 0 : shot % HeldVolts.Kinds(d));
        }

        See((await system.RunAsync(new Stimulus(counter.Take(StirredShots), StirredShots, volts, ActuatorCentre.Of(d)), cancellation)).Volts);
    }

    private StuckBits NewBits() => new(_words.Lowest, _words.Step, _words.Bits);

    private void SeeWords(ReadOnlySpan<float> words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            _inputs[i % _inputs.Length].See(words[i]);
            _shared?.See(words[i]);
        }
    }
}

/// <summary>What was seen of a bench's converter words.</summary>
/// <param name="Converters">[converter].</param>
/// <param name="StillInputs">Names of inputs that only ever read one word.</param>
/// <param name="Step">Between two neighbouring words, in their unit; 0 where they are no counts.</param>
/// <param name="NoCounts">One sentence where words are no converter's counts, so that nothing is known of digits; null where they are.</param>
public sealed record WordFigures(IReadOnlyList<WordDigits> Converters, IReadOnlyList<string> StillInputs, double Step, string? NoCounts)
{
    /// <summary>Of all converters.</summary>
    public int StuckBits => Converters.Sum(converter => converter.StuckBits.Count);
}

/// <param name="Input">What it reads, for sentences.</param>
/// <param name="Bits">Of its words.</param>
/// <param name="Changed">Digits that were read as 0 and as 1.</param>
/// <param name="StuckBits">Those that never changed although what was read went far enough, the least significant being 0.</param>
public sealed record WordDigits(string Input, int Bits, int Changed, IReadOnlyList<int> StuckBits);
