using PnnEdge.Training.Methods.Adaptation;

namespace PnnEdge.Cli.Results;

/// <summary>One seed's phase of drift; <c>drift-seed&lt;N&gt;.json</c>.</summary>
/// <param name="Stages">[stage]; stage 0 is before the drift.</param>
/// <param name="Passes">Shots played, tests included.</param>
internal sealed record DriftSeed(ulong Seed, IReadOnlyList<DriftStage> Stages, long Passes, double Seconds) : IStudiedSeed;

/// <summary>One stage; a line of <c>drift.jsonl</c>. Accuracies 0 to 1, on the same shots.</summary>
/// <param name="Shots">Since the drift began, as the bench counts.</param>
/// <param name="RefitTwin">NaN for a grey box in a folder from before those were refitted.</param>
/// <param name="Gain">That undoes the drift of the readings, as the reference frames say.</param>
/// <param name="OffsetVolts">Added after <paramref name="Gain"/>.</param>
/// <param name="OldTwinNrmse">Error over spread of the twin as it was fitted, on the stage's last training step; NaN before the drift.</param>
/// <param name="RefitTwinNrmse">Of the refitted twin, on a step that it has not been refitted to yet.</param>
internal sealed record DriftStage(
    ulong Seed, int Stage, ulong Shots, double Nothing, double Compensation, double OldTwin, double RefitTwin, double Gain, double OffsetVolts,
    double OldTwinNrmse, double RefitTwinNrmse)
{
    public double Of(DriftAnswer answer) => answer switch
    {
        DriftAnswer.Nothing => Nothing,
        DriftAnswer.Compensation => Compensation,
        DriftAnswer.OldTwin => OldTwin,
        DriftAnswer.RefitTwin => RefitTwin,
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, "There is no such answer."),
    };
}
