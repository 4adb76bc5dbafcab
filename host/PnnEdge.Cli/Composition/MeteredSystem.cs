using PnnEdge.Training.Systems;

namespace PnnEdge.Cli.Composition;

/// <summary>Measures how long callers wait for a system, link and physics together. Owns nothing.</summary>
public sealed class MeteredSystem(IPhysicalSystem system, TimeProvider time) : IPhysicalSystem
{
    public SystemDescription Description => system.Description;

    public SystemUsage Usage => system.Usage;

    public TimeSpan Waited { get; private set; }

    public async Task<Measurement> RunAsync(Stimulus stimulus, CancellationToken cancellation)
    {
        long start = time.GetTimestamp();
        try
        {
            return await system.RunAsync(stimulus, cancellation);
        }
        finally
        {
            Waited += time.GetElapsedTime(start);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
