namespace PnnEdge.Link.Tests.Support;

/// <summary>What a hostile transport does to frames, each way.</summary>
/// <param name="LongestDelayMicros">Every frame is delayed by up to this; different delays reorder.</param>
internal sealed record AirFaults(double Drop, double Duplicate, long LongestDelayMicros, double FlipBit = 0);

/// <summary>Frames in flight by their time of arrival; every mishap is drawn from the seed.</summary>
internal sealed class LossyAir(AirFaults faults, int seed)
{
    private const long ShortestDelayMicros = 200;

    private readonly PriorityQueue<(byte[] Frame, bool ToDevice), (long At, long Order)> _flying = new();
    private readonly Random _random = new(seed);
    private long _order;

    public long Dropped { get; private set; }

    public long Duplicated { get; private set; }

    /// <summary>Every frame that was sent, both ways.</summary>
    public List<byte[]> Sent { get; } = [];

    public long NextArrival => _flying.TryPeek(out _, out (long At, long Order) when) ? when.At : long.MaxValue;

    public void Send(ReadOnlySpan<byte> frame, bool toDevice, long now)
    {
        Sent.Add(frame.ToArray());
        if (_random.NextDouble() < faults.Drop)
        {
            Dropped++;
            return;
        }

        Fly(frame.ToArray(), toDevice, now);
        if (_random.NextDouble() < faults.Duplicate)
        {
            Duplicated++;
            Fly(frame.ToArray(), toDevice, now);
        }
    }

    public (byte[] Frame, bool ToDevice) Arrive() => _flying.Dequeue();

    private void Fly(byte[] frame, bool toDevice, long now)
    {
        if (_random.NextDouble() < faults.FlipBit)
        {
            frame[_random.Next(frame.Length)] ^= (byte)(1 << _random.Next(8));
        }

        long delay = ShortestDelayMicros + (long)(_random.NextDouble() * faults.LongestDelayMicros);
        _flying.Enqueue((frame, toDevice), (now + delay, _order++));
    }
}
