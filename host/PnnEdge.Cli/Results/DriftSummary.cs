using PnnEdge.Training.Methods.Adaptation;
using PnnEdge.Training.Twins;
using PnnEdge.Training.Twins.Adaptive;

namespace PnnEdge.Cli.Results;

/// <summary>The result of <c>pnn drift</c>; with --json the last line of standard output, and <c>drift.json</c>.</summary>
/// <param name="Simulated">No hardware is behind the bench.</param>
/// <param name="Fault">What drifts.</param>
/// <param name="Shots">[stage]: since the drift began, as the bench counts; stage 0 is before it.</param>
/// <param name="Before">Test accuracy before the drift.</param>
/// <param name="Gain">[stage]: that the compensation found, mean over seeds.</param>
/// <param name="OffsetVolts">[stage]: that the compensation found, V, mean over seeds.</param>
/// <param name="DigitalBaseline">Test accuracy of softmax regression, mean over seeds.</param>
/// <param name="Twin">What the twins are made of.</param>
/// <param name="Refit">What of the refitted one moved.</param>
internal sealed record DriftSummary(
    string Task, string System, bool Simulated, int Seeds, IReadOnlyList<string> Fault, IReadOnlyList<ulong> Shots, AccuracyFigures Before,
    AnswerFigures Nothing, AnswerFigures Compensation, AnswerFigures OldTwin, AnswerFigures? RefitTwin,
    IReadOnlyList<double> Gain, IReadOnlyList<double> OffsetVolts, double DigitalBaseline, TwinKind Twin, RefitScope Refit,
    StudyPasses Passes, StudySeconds Seconds)
{
    /// <summary>Null for an answer that a folder from before grey boxes were refitted lacks.</summary>
    public AnswerFigures? Of(DriftAnswer answer) => answer switch
    {
        DriftAnswer.Nothing => Nothing,
        DriftAnswer.Compensation => Compensation,
        DriftAnswer.OldTwin => OldTwin,
        DriftAnswer.RefitTwin => RefitTwin,
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, "There is no such answer."),
    };
}

/// <param name="Last">Test accuracy in the last stage.</param>
/// <param name="Mean">Test accuracy averaged over the stages of the drift.</param>
/// <param name="Stages">[stage]: test accuracy; stage 0 is before the drift.</param>
/// <param name="PassesPerStage">Shots that the answer itself plays.</param>
/// <param name="TwinNrmse">Error over spread of its twin in the last stage, mean over seeds; null for an answer without a twin.</param>
internal sealed record AnswerFigures(AccuracyFigures Last, AccuracyFigures Mean, IReadOnlyList<AccuracyFigures> Stages, int PassesPerStage, double? TwinNrmse);
