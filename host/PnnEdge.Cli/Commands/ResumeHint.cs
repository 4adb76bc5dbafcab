using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Runs;
using PnnEdge.RaspberryPi.Rigs;

namespace PnnEdge.Cli.Commands;

/// <summary>The command that goes on with a kept run on the bench that it had.</summary>
internal static class ResumeHint
{
    /// <param name="dataFolder">As typed with --data, made absolute; null when it was not given.</param>
    /// <returns>The end of a sentence. It never holds a password.</returns>
    public static string Of(RunFolder folder, BenchSource source, string? dataFolder)
    {
        List<string> words = ["pnn", folder.Command, "--resume", folder.Path];
        if (dataFolder is not null) { words.AddRange(["--data", dataFolder]); }
        if (source.InProcess) { words.Add("--in-process"); }
        if (source.Broker is not null) { words.AddRange(["--broker", (source.Broker with { Password = null }).ToSecretString()]); }
        if (source.Broker is not null && source.Virtual is not null) { words.Add("--virtual"); }
        if (source.Optical is OpticalSource optical) { words.AddRange(["--system", optical.Address.ToString(), "--rig", optical.Rig]); }
        if (source.Pi is PiSource pi) { words.AddRange(["--system", pi.Simulated is null ? PiAddress.Local : PiAddress.Simulated, "--rig", pi.Rig, .. pi.Simulated?.UnitArguments() ?? []]); }
        if (source.Device is not null) { words.AddRange(["--device", source.Device]); }
        string password = source.Broker?.Password is null ? string.Empty : ", with the broker's password added,";
        return $"'{string.Join(' ', words.Select(Quoted))}'{password} goes on from here";
    }

    // As every shell reads it; the sentence itself uses the single quotes.
    private static string Quoted(string word) => word.Any(char.IsWhiteSpace) ? $"\"{word}\"" : word;
}
