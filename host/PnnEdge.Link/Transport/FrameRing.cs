using System.Buffers;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Link.Transport;

/// <summary>
/// A bounded inbox between the MQTT library's thread and one reader that waits for frames. Slots keep their buffers: after the
/// first round nothing is allocated. A full ring drops the newest and counts it.
/// </summary>
/// <remarks>
/// Writers and reader share no lock while frames flow: a frame is copied into its slot before the count of written frames
/// says so, and taken out before the count of read frames does. They meet at a gate only when the reader sleeps.
/// </remarks>
internal sealed class FrameRing
{
    private readonly Lock _writers = new();
    private readonly object _sleep = new();
    private readonly InboundFrame[] _slots;
    private readonly int _maxFrameBytes;
    private byte[] _spare = [];
    private long _written;
    private long _read;
    private bool _readerSleeps;
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

    public bool IsEmpty => Volatile.Read(ref _written) == Volatile.Read(ref _read);

    public void Put(in ReadOnlySequence<byte> payload, bool retained)
    {
        // Two writers only where a connection ends while the next begins.
        lock (_writers)
        {
            if (_written - Volatile.Read(ref _read) == _slots.Length || payload.Length > _maxFrameBytes)
            {
                Volatile.Write(ref _dropped, _dropped + 1);
                return;
            }

            InboundFrame slot = _slots[_written % _slots.Length];
            int length = (int)payload.Length;
            if (slot.Buffer.Length < length)
            {
                slot.Buffer = new byte[Math.Min(_maxFrameBytes, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)length))];
            }

            payload.CopyTo(slot.Buffer);
            slot.Length = length;
            slot.Retained = retained;
            Volatile.Write(ref _written, _written + 1);
        }

        // The count is written before this looks, and the reader says that it sleeps before it looks at the count: one sees the other.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _readerSleeps))
        {
            lock (_sleep)
            {
                Monitor.Pulse(_sleep);
            }
        }
    }

    /// <summary>The frame's buffer stays the reader's until its next call. One reader only.</summary>
    public bool Take(InboundFrame into, int waitMillis)
    {
        if (IsEmpty && waitMillis > 0)
        {
            Sleep(waitMillis);
        }

        if (IsEmpty)
        {
            return false;
        }

        InboundFrame slot = _slots[_read % _slots.Length];
        (slot.Buffer, _spare) = (_spare, slot.Buffer);
        into.Buffer = _spare;
        into.Length = slot.Length;
        into.Retained = slot.Retained;
        Volatile.Write(ref _read, _read + 1);
        return true;
    }

    private void Sleep(int waitMillis)
    {
        lock (_sleep)
        {
            Volatile.Write(ref _readerSleeps, true);
            Interlocked.MemoryBarrier();
            if (IsEmpty)
            {
                Monitor.Wait(_sleep, waitMillis);
            }

            Volatile.Write(ref _readerSleeps, false);
        }
    }
}
