namespace PnnEdge.Training.Systems;

/// <summary>
/// A physical system, real or simulated: volts in, measured volts out. The method trains against this and nothing
/// else; bytes, sockets and threads live behind it.
/// </summary>
/// <remarks>
/// Every implementation passes one conformance suite: shapes as described, results in the order asked, applied volts
/// within half a converter step of those asked, the same shot giving the same measurement, a stimulus out of range or
/// not finite refused whole before anything is played.
/// </remarks>
public interface IPhysicalSystem : IAsyncDisposable
{
    SystemDescription Description { get; }

    SystemUsage Usage { get; }

    /// <summary>Plays every shot of the batch and returns what was really applied and measured.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A volt is outside the described range, or NaN; nothing was played.</exception>
    /// <exception cref="PhysicalSystemException">The system refused or could not be reached; says what was asked and what is possible.</exception>
    Task<Measurement> RunAsync(Stimulus stimulus, CancellationToken cancellation);
}
