using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Runs;
using PnnEdge.Training.Systems;

namespace PnnEdge.Cli.Commands;

/// <summary>Work on a run that is kept whatever ends it.</summary>
internal static class KeptRun
{
    /// <param name="goOn">The end of a sentence: how to go on (see <see cref="ResumeHint"/>).</param>
    /// <exception cref="InterruptedRunException">Interrupted, and the run has begun.</exception>
    /// <exception cref="PhysicalSystemException">The bench was lost; the sentence says what is kept.</exception>
    public static async Task WorkAsync(RunFolder folder, string goOn, Func<BenchLoss, Task> work, CancellationToken cancellation)
    {
        using var loss = new BenchLoss(cancellation);
        try
        {
            await work(loss);
        }
        catch (OperationCanceledException interrupted) when (cancellation.IsCancellationRequested && folder.HoldsRun)
        {
            throw new InterruptedRunException($"Interrupted; the outputs are safe, and {goOn}.", interrupted);
        }
        catch (OperationCanceledException lost) when (loss.Sentence is not null)
        {
            throw new PhysicalSystemException(folder.HoldsRun ? $"{loss.Sentence.TrimEnd('.')}; the run is kept, and {goOn}." : loss.Sentence, lost);
        }
        catch (PhysicalSystemException failed) when (folder.HoldsRun)
        {
            throw new PhysicalSystemException($"{failed.Message.TrimEnd('.')}; the run is kept, and {goOn}.", failed);
        }
    }
}
