namespace PnnEdge.Cli.Results;

/// <summary>The result of <c>pnn compare</c>; with --json the last line of standard output, and <c>compare.json</c>.</summary>
/// <param name="Simulated">No hardware is behind the system.</param>
/// <param name="Budget">Physical passes of each method, for one seed, without tests.</param>
/// <param name="Target">Test accuracy to reach, 0 to 1.</param>
/// <param name="DigitalBaseline">Test accuracy of softmax regression, mean over seeds.</param>
/// <param name="Methods">By name.</param>
/// <param name="Passes">Of all methods and seeds, tests included.</param>
/// <param name="Seconds">Wall time of all methods and seeds.</param>
internal sealed record CompareSummary(
    string Task, string System, bool Simulated, int Seeds, long Budget, double Target, double DigitalBaseline,
    IReadOnlyDictionary<string, MethodFigures> Methods, long Passes, double Seconds);

/// <param name="PassesBefore">Before the first step, mean over seeds.</param>
/// <param name="Accuracy">After the last step, on the physical system.</param>
/// <param name="Claimed">Through the twin, of a method that trained on it alone; else null.</param>
/// <param name="CurvePasses">[test], mean over seeds.</param>
/// <param name="Curve">[test]: test accuracy.</param>
/// <param name="PassesToTarget">The first test at which the mean over seeds reaches the target; null for none.</param>
internal sealed record MethodFigures(
    string Title, string Source, double PassesBefore, long PassesPerStep, int Steps, AccuracyFigures Accuracy, AccuracyFigures? Claimed,
    IReadOnlyList<double> CurvePasses, IReadOnlyList<AccuracyFigures> Curve, double? PassesToTarget);
