namespace PnnEdge.Link.Session;

/// <summary>
/// The device's millisecond clock, seen from the host's: the best (shortest) recent round trip, its error growing as it ages,
/// so that a fresh one replaces it in time. A clock that drifts more than 500 ppm is beyond what the bound promises.
/// </summary>
public sealed class ClockEstimate
{
    private const double DriftPerMicro = 500e-6;

    /// <summary>The device tells whole milliseconds.</summary>
    private const long ResolutionMicros = 1000;

    private long _anchorHostMicros;
    private uint _anchorDeviceMillis;
    private long _anchorErrorMicros;

    public bool IsKnown { get; private set; }

    public void Forget() => IsKnown = false;

    /// <summary>The device read <paramref name="deviceMillis"/> at some time between the two.</summary>
    /// <param name="extraErrorMicros">What else may lie between, when the answer is not tied to one question.</param>
    public void Take(long sentMicros, long receivedMicros, uint deviceMillis, long extraErrorMicros = 0)
    {
        long error = ((receivedMicros - sentMicros) / 2) + ResolutionMicros + extraErrorMicros;
        if (!IsKnown || error <= ErrorMicros(receivedMicros))
        {
            IsKnown = true;
            _anchorHostMicros = sentMicros + ((receivedMicros - sentMicros) / 2);
            _anchorDeviceMillis = deviceMillis;
            _anchorErrorMicros = error;
        }
    }

    /// <summary>Best estimate, ms; wraps as the device's clock does.</summary>
    public uint DeviceMillisAt(long hostMicros) => unchecked(_anchorDeviceMillis + (uint)(int)Math.Floor((hostMicros - _anchorHostMicros) / 1000.0));

    /// <summary>How long ago the device read this, as far as the estimate knows, µs; not below 0.</summary>
    public long AgeMicros(uint deviceMillis, long hostMicros) => Math.Max(0, 1000L * unchecked((int)(DeviceMillisAt(hostMicros) - deviceMillis)));

    /// <summary>How far the estimate may be off, µs.</summary>
    public long ErrorMicros(long hostMicros) => _anchorErrorMicros + (long)(Math.Abs(hostMicros - _anchorHostMicros) * DriftPerMicro);
}
