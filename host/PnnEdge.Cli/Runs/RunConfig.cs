using PnnEdge.Cli.Composition;
using PnnEdge.Training.Experiments;

namespace PnnEdge.Cli.Runs;

/// <summary>Everything that a run's result depends on; <c>config.json</c> of its folder.</summary>
/// <param name="Version">Of the program that began the run.</param>
/// <param name="StartedUtc">When it was begun.</param>
/// <param name="Generated">No measured data stands behind the task.</param>
/// <param name="Seeds">How many, from <paramref name="FirstSeed"/> on.</param>
/// <param name="Bench">The virtual bench; null when the device was not started by this run.</param>
/// <param name="DataHash">SHA-256 over every sample, hexadecimal, with the first seed's split: a resumed run must meet the same data.</param>
public sealed record RunConfig(
    string Version, DateTimeOffset StartedUtc, ExperimentSettings Settings, bool Generated, ulong FirstSeed, int Seeds, BenchRequest? Bench, string DataHash)
{
    /// <summary>The parameters that every training begins from; null for start values drawn from its seed.</summary>
    public StartNote? Start { get; init; }

    /// <summary>The folder for TensorBoard's event files; null for none.</summary>
    public string? TensorBoard { get; init; }

    public IEnumerable<ulong> AllSeeds => Enumerable.Range(0, Seeds).Select(i => FirstSeed + (ulong)i);
}
