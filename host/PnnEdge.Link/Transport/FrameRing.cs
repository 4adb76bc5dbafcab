using System.Buffers;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Link.Transport;

/// <summary>
/// A bounded inbox between the MQTT library's thread and one reader that waits for frames. Slots keep their buffers: after the
/// first round nothing is allocated. A full ring drops the newest and counts it.
/// </summary>
internal sealed class FrameRing
{
    private readonly object _gate = new();
    private readonly InboundFrame[] _slots;
    private readonly int _maxFrameBytes;
    private byte[] _spare = [];
    private int _first;
    private int _count;
    private bool _readerWaits;
    private uint _dropped;

    public FrameRing(int capacity, int maxFrameBytes)
    {
        _maxFrameBytes = maxFrameBytes;
        _slots = new InboundFrame[capacity];
        for (int i = 0; i < capacity; i++)
        {
            _slots[i] = new InboundFrame { Buffer = [] };
        }
    }

    public uint Dropped => Volatile.Read(ref _dropped);

    public bool IsEmpty => Volatile.Read(ref _count) == 0;

    public void Put(in ReadOnlySequence<byte> payload, bool retained)
    {
        lock (_gate)
        {
            if (_count == _slots.Length || payload.Length > _maxFrameBytes)
            {
                _dropped++;
                return;
            }

            InboundFrame slot = _slots[(_first + _count) % _slots.Length];
            int length = (int)payload.Length;
            if (slot.Buffer.Length < length)
            {
                slot.Buffer = new byte[Math.Min(_maxFrameBytes, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)length))];
            }

            payload.CopyTo(slot.Buffer);
            slot.Length = length;
            slot.Retained = retained;
            _count++;
            if (_readerWaits)
            {
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <summary>The frame's buffer stays the reader's until its next call. One reader only.</summary>
    public bool Take(InboundFrame into, int waitMillis)
    {
        lock (_gate)
        {
            if (_count == 0 && waitMillis > 0)
            {
                _readerWaits = true;
                Monitor.Wait(_gate, waitMillis);
                _readerWaits = false;
            }

            if (_count == 0)
            {
                return false;
            }

            InboundFrame slot = _slots[_first];
            (slot.Buffer, _spare) = (_spare, slot.Buffer);
            into.Buffer = _spare;
            into.Length = slot.Length;
            into.Retained = slot.Retained;
            _first = (_first + 1) % _slots.Length;
            _count--;
            return true;
        }
    }
}
