using PnnEdge.Training.Systems;

namespace PnnEdge.Link.Session;

/// <summary>What a session has done; written by its own thread, read by any.</summary>
internal sealed class SessionCounters
{
    private long _passes;
    private long _sent;
    private long _retried;
    private long _refused;
    private long _physicsMicros;

    public SystemUsage Usage => new(
        Interlocked.Read(ref _passes), Interlocked.Read(ref _sent), Interlocked.Read(ref _retried), Interlocked.Read(ref _refused),
        Interlocked.Read(ref _physicsMicros) / 1e6);

    public void AddSent() => Interlocked.Increment(ref _sent);

    public void AddRetried(int frames) => Interlocked.Add(ref _retried, frames);

    public void AddRefused() => Interlocked.Increment(ref _refused);

    public void AddPlayed(int shots, uint playMicros)
    {
        Interlocked.Add(ref _passes, shots);
        Interlocked.Add(ref _physicsMicros, playMicros);
    }
}
