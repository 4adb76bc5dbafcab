using PnnEdge.Training.Twins;
using PnnEdge.Training.Twins.Adaptive;

namespace PnnEdge.Cli.Results;

/// <summary>The result of <c>pnn transfer</c>; with --json the last line of standard output, and <c>transfer.json</c>.</summary>
/// <param name="Simulated">No hardware is behind the units.</param>
/// <param name="FromSerial">Of unit A.</param>
/// <param name="ToSerial">Of unit B.</param>
/// <param name="OnA">Test accuracy where it was trained.</param>
/// <param name="DeployedOnB">Test accuracy of the same network on the other unit.</param>
/// <param name="OldTwin">Physics-aware training on the other unit, backward through the first unit's twin.</param>
/// <param name="RefitTwin">The same, the twin refitted meanwhile; null for grey boxes in a folder from before those were refitted.</param>
/// <param name="CurvePasses">[test]: physical passes of training on the other unit, for one seed.</param>
/// <param name="DigitalBaseline">Test accuracy of softmax regression, mean over seeds.</param>
/// <param name="Twin">What the twins are made of.</param>
/// <param name="Refit">What of the refitted one moved.</param>
internal sealed record TransferSummary(
    string Task, string System, bool Simulated, int Seeds, uint FromSerial, uint ToSerial, AccuracyFigures OnA, AccuracyFigures DeployedOnB,
    RecoveryFigures OldTwin, RecoveryFigures? RefitTwin, IReadOnlyList<int> CurvePasses, double DigitalBaseline, TwinKind Twin, RefitScope Refit,
    StudyPasses Passes, StudySeconds Seconds);

/// <param name="Recovered">Test accuracy after the last step.</param>
/// <param name="Curve">[test]: test accuracy.</param>
/// <param name="TwinNrmse">Error over spread of the twin on the last step, mean over seeds.</param>
internal sealed record RecoveryFigures(AccuracyFigures Recovered, IReadOnlyList<AccuracyFigures> Curve, double TwinNrmse);
