using PnnEdge.Training.Systems;

namespace PnnEdge.Cli.Composition;

/// <summary>A physical system ready to play, and everything that must end with it: the device is disarmed first, then processes and brokers end.</summary>
public sealed class OpenBench : IAsyncDisposable
{
    private readonly IReadOnlyList<IAsyncDisposable> _outermostFirst;

    /// <param name="outermostFirst">Disposed in the reverse of this order, the systems before all of them.</param>
    internal OpenBench(IPhysicalSystem system, IPhysicalSystem? truth, string name, IReadOnlyList<IAsyncDisposable> outermostFirst) =>
        (System, Truth, Name, _outermostFirst) = (system, truth, name, outermostFirst);

    public IPhysicalSystem System { get; }

    /// <summary>The same bench without noise and drift; null when it is not a virtual one of ours.</summary>
    public IPhysicalSystem? Truth { get; }

    /// <summary>Of a virtual bench its name, else the device's own.</summary>
    public string Name { get; }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await System.DisposeAsync();
            if (Truth is not null) { await Truth.DisposeAsync(); }
        }
        finally
        {
            foreach (IAsyncDisposable part in _outermostFirst.Reverse()) { await part.DisposeAsync(); }
        }
    }
}
