namespace PnnEdge.Cli.Composition;

/// <summary>Ends a command's work when it is interrupted or its bench is lost for good, and keeps which of the two it was.</summary>
internal sealed class BenchLoss(CancellationToken interrupted) : IDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(interrupted);

    public CancellationToken Token => _stop.Token;

    /// <summary>One sentence once the bench is lost; null otherwise.</summary>
    public string? Sentence { get; private set; }

    public void Lose(string sentence)
    {
        Sentence ??= sentence;
        _stop.Cancel();
    }

    public void Dispose() => _stop.Dispose();
}
