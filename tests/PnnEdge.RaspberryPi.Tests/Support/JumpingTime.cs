namespace PnnEdge.RaspberryPi.Tests.Support;

/// <summary>The host's time, which can be set forward.</summary>
internal sealed class JumpingTime : TimeProvider
{
    private long _ahead;

    public override long TimestampFrequency => System.TimestampFrequency;

    public override long GetTimestamp() => System.GetTimestamp() + Interlocked.Read(ref _ahead);

    public void Jump(double seconds) => Interlocked.Add(ref _ahead, (long)(seconds * TimestampFrequency));
}
