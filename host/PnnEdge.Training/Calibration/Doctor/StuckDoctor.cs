namespace PnnEdge.Training.Calibration.Doctor;

/// <summary>What stands still: bits of the readings, inputs, outputs.</summary>
public static class StuckDoctor
{
    private const string SeeLines = "check data lines and clock edge, then the converter.";

    /// <summary>Bits of converters that never change, and inputs that read one word whatever is played.</summary>
    public static DoctorCheck Bits(ChannelOutcome outcome)
    {
        WordFigures words = outcome.Words;
        int changed = words.Converters.Sum(converter => converter.Changed), still = words.StillInputs.Count;
        string inputs = still == 0 ? string.Empty : $"{Of(words.StillInputs)} {(still == 1 ? "reads" : "read")} one word whatever is played";
        if (words.StuckBits > 0)
        {
            string bits = string.Join("; ", words.Converters.Where(one => one.StuckBits.Count > 0).Select(one => StuckBits(one, words.Converters.Count > 1)));
            return Wrong("stuck", words.StuckBits + still, "bits", $"{Capital(bits)} (0 is the least){(still == 0 ? string.Empty : $", and {inputs}")}; {SeeLines}");
        }

        if (still > 0 && outcome.Figures is not null)
        {
            return Wrong("stuck", still, "inputs", $"{Capital(inputs)}; look for a dead pixel, a broken wire or a stuck data line.");
        }

        if (words.NoCounts is string why) { return Checks.NotChecked("stuck", "bits", why); }
        if (changed == 0) { return Checks.NotChecked("stuck", "bits", "The readings do not move far enough to tell a bit that stands still."); }
        return Sound("stuck", "bits", string.Join(" ", words.Converters.Select(one => Told(one, words.Converters.Count > 1))));
    }

    /// <summary>Inputs beside each other that neither the sweep nor any single output moves.</summary>
    public static DoctorCheck Inputs(ChannelOutcome outcome, OutputMoves moves)
    {
        string[] deaf = [.. outcome.DeafInputs.Where(input => !moves.InputMoves[input]).Select(input => $"input {input}")];
        if (deaf.Length == 0) { return Sound("inputs", "deaf", $"All {moves.InputMoves.Length} follow what is played."); }
        string found = $"{Capital(Of(deaf))} of {moves.InputMoves.Length} (counted from 0) {(deaf.Length == 1 ? "does" : "do")} not follow anything that is played";
        return Wrong("inputs", deaf.Length, "deaf", $"{found}; look for a dead pixel, no light there, a broken wire or a wrong pin.");
    }

    /// <summary>Static outputs while a wire stands in the physics' place.</summary>
    public static DoctorCheck OutputsBehindPlug { get; } =
        Checks.NotChecked("outputs", "dead", "Static outputs act on the physics, which a plug has replaced; look without it.");

    /// <summary>Outputs that move no input, each moved alone.</summary>
    public static DoctorCheck Outputs(OutputMoves moves)
    {
        string tried = moves.Tried == moves.Outputs
            ? $"{moves.Outputs}"
            : FormattableString.Invariant($"{moves.Tried:#,0} of {moves.Outputs:#,0}, evenly spread,");
        if (moves.Dead.Count == 0)
        {
            return Sound("outputs", "dead", moves.Outputs == 1 ? "The static output, moved alone, is read." : $"Each moved alone, {tried} are read.");
        }

        string counted = moves.Tried > 1 ? $"{tried} tried, counted from 0" : $"{tried} tried";
        string found = $"No input notices when {Of(moves.Dead)} {(moves.Dead.Count == 1 ? "is" : "are")} moved from one end to the other ({counted})";
        return Wrong("outputs", moves.Dead.Count, "dead", $"{found}; look for a stuck channel of the converter or the modulator, a broken wire or a wrong pin.");
    }

    /// <summary>What the bench did not let itself be asked.</summary>
    public static DoctorCheck Refused(string name, string why) => Checks.NotChecked(name, string.Empty, why);

    private static string StuckBits(WordDigits one, bool isNamed)
    {
        (string bits, string change) = one.StuckBits.Count == 1 ? ("bit", "changes") : ("bits", "change");
        return $"{bits} {string.Join(", ", one.StuckBits)} of {(isNamed ? one.Input : "the readings")} never {change}";
    }

    private static string Told(WordDigits one, bool isNamed) =>
        $"{one.Changed} of {one.Bits} bits{(isNamed ? $" of {one.Input}" : string.Empty)} were seen to change"
        + (one.Changed == one.Bits ? "." : "; for the others readings do not go far enough.");

    private static string Of(IReadOnlyList<string> names)
    {
        const int Shown = 6;
        return names.Count <= Shown ? string.Join(", ", names) : $"{string.Join(", ", names.Take(Shown))} and {names.Count - Shown} more";
    }

    private static string Capital(string sentence) => char.ToUpperInvariant(sentence[0]) + sentence[1..];

    private static DoctorCheck Sound(string name, string unit, string says) => new(name, 0, double.NaN, 0, unit, DoctorVerdict.Sound, says);

    private static DoctorCheck Wrong(string name, int count, string unit, string advice) => new(name, count, double.NaN, 0, unit, DoctorVerdict.Wrong, advice);
}
