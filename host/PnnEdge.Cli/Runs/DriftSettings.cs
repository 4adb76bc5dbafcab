using PnnEdge.Cli.Composition;
using PnnEdge.Physics.Channel;
using PnnEdge.Training.Data;
using PnnEdge.Training.Experiments;
using PnnEdge.Training.Methods.Adaptation;
using PnnEdge.Training.Twins.Adaptive;

namespace PnnEdge.Cli.Runs;

/// <summary>A phase of drift; <c>drift-settings.json</c>.</summary>
/// <param name="Faults">As typed: name, name=magnitude or name=magnitude@shot, the shot counted from the drift's first.</param>
/// <param name="Stages">How many.</param>
/// <param name="StageShots">Logical shots of each.</param>
/// <param name="StepsPerStage">Of physics-aware training that goes on.</param>
/// <param name="ReferenceFrames">That the compensation measures in each stage.</param>
/// <param name="RateShare">Learning rate of training that goes on, as a share of the experiment's first one.</param>
/// <param name="Refit">What of the refitted twin moves; folders from before there was a choice do not say, and mean the last layer.</param>
internal sealed record DriftSettings(
    IReadOnlyList<string> Faults, int Stages, int StageShots, int StepsPerStage, int ReferenceFrames, double RateShare, RefitScope Refit = RefitScope.Last)
{
    /// <summary>Where the phase lies.</summary>
    public DriftTimeline Timeline(ulong firstShot, ExperimentSettings settings, TaskData data)
    {
        int passes = settings.Network.Layers * settings.Network.Branches, stepPasses = ContinuedTraining.PassesOfStep(passes, data.Train, settings.Training);
        return new DriftTimeline(firstShot, data.Test.Count * passes, Math.Max(ReferenceFrames, StepsPerStage * stepPasses), Stages, StageShots);
    }

    /// <summary>The bench with the drift.</summary>
    /// <param name="firstShot">The drift's first, as the bench counts.</param>
    public BenchRequest On(BenchRequest bench, ulong firstShot) => bench with
    {
        Faults = [.. bench.Faults, .. Faults.Select(NamedFault.Parse).Select(fault => (fault with { FirstShot = NamedFault.RunningNumber(firstShot) + fault.FirstShot }).ToString())],
    };
}
