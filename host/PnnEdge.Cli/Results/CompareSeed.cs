namespace PnnEdge.Cli.Results;

/// <summary>One seed's methods, as far as they have finished; <c>compare-seed&lt;N&gt;.json</c>.</summary>
/// <param name="DigitalBaseline">Test accuracy of softmax regression, 0 to 1.</param>
internal sealed record CompareSeed(ulong Seed, double DigitalBaseline, IReadOnlyList<MethodCurve> Methods)
{
    public MethodCurve? Of(string method) => Methods.FirstOrDefault(curve => curve.Method == method);
}

/// <summary>One method's training with one seed.</summary>
/// <param name="PassesBefore">Played before the first step: for a twin, for its noise, for start values.</param>
/// <param name="PassesPerStep">Physical passes of one step.</param>
/// <param name="Steps">Taken.</param>
/// <param name="Points">[test], the first before the first step.</param>
/// <param name="Accuracy">Test accuracy on the physical system after the last step, all test samples, 0 to 1.</param>
/// <param name="Claimed">The same through the twin, where it was trained on that alone; else null.</param>
/// <param name="TestPasses">Played by all tests.</param>
/// <param name="Seconds">Wall time, tests included.</param>
internal sealed record MethodCurve(
    string Method, long PassesBefore, long PassesPerStep, int Steps, IReadOnlyList<ComparePoint> Points, double Accuracy, double? Claimed, long TestPasses, double Seconds);

/// <summary>One test of a method on its way; a line of <c>compare.jsonl</c>.</summary>
/// <param name="Passes">Physical passes until then, without tests.</param>
/// <param name="Accuracy">Test accuracy on the physical system, 0 to 1.</param>
/// <param name="Loss">Nats per sample.</param>
internal sealed record ComparePoint(ulong Seed, string Method, int Steps, long Passes, double Accuracy, double Loss);
