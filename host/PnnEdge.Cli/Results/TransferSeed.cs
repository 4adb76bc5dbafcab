namespace PnnEdge.Cli.Results;

/// <summary>One seed's transfer; <c>transfer-seed&lt;N&gt;.json</c>.</summary>
/// <param name="OnA">Test accuracy on the unit that it was trained on, 0 to 1.</param>
/// <param name="OldTwin">[test]; the first is of the network as it came.</param>
/// <param name="RefitTwin">[test]; empty for a grey box in a folder from before those were refitted.</param>
/// <param name="Passes">Shots played on the other unit, tests included.</param>
internal sealed record TransferSeed(
    ulong Seed, double OnA, IReadOnlyList<TransferPoint> OldTwin, IReadOnlyList<TransferPoint> RefitTwin, long Passes, double Seconds) : IStudiedSeed;

/// <summary>One test on the other unit; a line of <c>transfer.jsonl</c>.</summary>
/// <param name="Passes">Of training on the other unit until then, without tests.</param>
/// <param name="Accuracy">0 to 1.</param>
/// <param name="Loss">Nats per sample.</param>
/// <param name="TwinNrmse">Error over spread on the last training step, before the twin was refitted to it; NaN before the first.</param>
internal sealed record TransferPoint(ulong Seed, string Twin, int Passes, double Accuracy, double Loss, double TwinNrmse);
