using System.CommandLine;
using System.Reflection;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Runs;
using PnnEdge.Training.Data;
using PnnEdge.Training.Experiments;
using PnnEdge.Training.Systems;

namespace PnnEdge.Cli.Commands;

/// <summary>The options of a command that trains seeds and leaves a result folder.</summary>
/// <param name="command">Its name, such as <c>train</c>.</param>
/// <param name="defaultSeeds">How many seeds without an option.</param>
/// <param name="folderName">What the default folder ends with.</param>
internal sealed class RunOptions(string command, int defaultSeeds, string folderName = "<task>")
{
    private readonly Option<int?> _seeds = Values.WholeNumber("--seeds", 1, 1000, $"How many seeds to train (default {defaultSeeds}).");
    private readonly Option<int?> _firstSeed = Values.WholeNumber("--first-seed", 0, (int)ShotIndex.MaxSeed, "The first seed (default 1).");
    private readonly Option<string?> _out = Values.Path("--out", "folder", $"The result folder (default runs/<UTC time>-{folderName}).");
    private readonly Option<string?> _resume = Values.Path("--resume", "folder", "Go on with the interrupted run in this folder.");

    public IReadOnlyList<Option> All => [_seeds, _firstSeed, _out, _resume];

    /// <summary>What a resumed run has already decided.</summary>
    public IReadOnlyList<Option> Settings => [_seeds, _firstSeed, _out];

    public Option FirstSeed => _firstSeed;

    public int? Seeds(ParseResult parsed) => parsed.GetValue(_seeds);

    public string? Resumed(ParseResult parsed) => parsed.GetValue(_resume);

    /// <summary>A run of its own settings; nothing is written yet.</summary>
    public RunConfig Config(ParseResult parsed, ExperimentSettings settings, BenchSource source, DataFolder data, CliHost host)
    {
        ulong firstSeed = (ulong)(parsed.GetValue(_firstSeed) ?? 1);
        int seeds = parsed.GetValue(_seeds) ?? defaultSeeds;
        if (firstSeed + (ulong)seeds - 1 > ShotIndex.MaxSeed)
        {
            throw new UserException($"Asked for {seeds} seeds from {firstSeed} on; the last possible seed is {ShotIndex.MaxSeed}.", isUsage: true);
        }

        CalibrationNote? calibration = source.Calibration is string file ? CalibrationNote.Of(host.FullPath(file)) : null;

        // Data first: a missing file must not leave an empty result folder behind.
        TaskData samples = TaskLoader.Load(settings, data, firstSeed);
        return new RunConfig(Version(), host.Time.GetUtcNow(), settings, samples.Train.Generated, firstSeed, seeds, source.Virtual, DataHash.Of(samples)) { Calibration = calibration };
    }

    /// <summary>The result folder, which holds no run yet.</summary>
    public RunFolder Folder(ParseResult parsed, string task, CliHost host) => RunFolder.Free(
        parsed.GetValue(_out) is string asked
            ? host.FullPath(asked)
            : RunFolder.DefaultPath(host.WorkingFolder, folderName.Replace("<task>", task, StringComparison.Ordinal), host.Time.GetUtcNow()),
        command);

    public static string Version() =>
        typeof(RunOptions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
