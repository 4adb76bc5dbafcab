using PnnEdge.Cli.Commands;
using PnnEdge.Cli.Composition;
using PnnEdge.Training.Experiments;
using PnnEdge.Training.Systems;

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

    /// <summary>Of the bench, which had its fingerprint when the run began; null for none.</summary>
    public CalibrationNote? Calibration { get; init; }

    /// <summary>What the doctor said of the bench before; null for none.</summary>
    public DoctorNote? Doctor { get; init; }

    /// <summary>The folder for TensorBoard's event files; null for none.</summary>
    public string? TensorBoard { get; init; }

    /// <summary>The system that the run began on, with its serial number; null in runs of programs that did not keep it.</summary>
    public string? BegunOn { get; init; }

    /// <exception cref="UserException">The run began on another system.</exception>
    public void RequireOn(SystemDescription system)
    {
        if (BegunOn is not null && BegunOn != system.Name)
        {
            throw new UserException($"The run began on {BegunOn}, and this bench is {system.Name}; put the run's own bench back, or start a new run.");
        }
    }

    /// <summary>A seed's state that this run may go on with.</summary>
    /// <exception cref="UserException">It was trained on a bench of another calibration.</exception>
    public SeedState Continue(SeedState state)
    {
        if (state.Twin is not null && state.Calibration != Calibration?.Id)
        {
            throw new UserException($"The checkpoint of seed {state.Seed} belongs to {Told(state.Calibration)}, this run to {Told(Calibration?.Id)}; put the run's own checkpoint back, or start a new run.");
        }

        state.Calibration = Calibration?.Id;
        return state;
    }

    private static string Told(string? calibration) => calibration is null ? "no calibration" : $"calibration {calibration}";

    public IEnumerable<ulong> AllSeeds => Enumerable.Range(0, Seeds).Select(i => FirstSeed + (ulong)i);
}
