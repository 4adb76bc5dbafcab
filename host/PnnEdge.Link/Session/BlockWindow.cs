namespace PnnEdge.Link.Session;

/// <summary>A stimulus frame that waits for its answer.</summary>
internal sealed class FlightSlot
{
    public byte[] Frame { get; set; } = [];

    public int PayloadBytes { get; set; }

    /// <summary>0 when the slot is free.</summary>
    public uint Sequence { get; set; }

    public int Block { get; set; }

    public long FirstSentMicros { get; set; }

    public long DueMicros { get; set; }

    public int Attempts { get; set; }

    /// <summary>Answers to later frames seen since this one was last sent.</summary>
    public int Overtaken { get; set; }
}

/// <summary>
/// The frames in flight. Not only their number but the span of their sequences stays within the device's window: a sequence
/// further back would have left its cache, and its repeat could not be answered.
/// </summary>
internal sealed class BlockWindow
{
    private FlightSlot[] _slots = [];

    public int Count { get; private set; }

    /// <summary>The most frames that were ever in flight at once.</summary>
    public int Peak { get; private set; }

    public void Resize(int frames)
    {
        if (frames != _slots.Length)
        {
            _slots = [.. Enumerable.Range(0, frames).Select(_ => new FlightSlot())];
            Count = 0;
        }
    }

    public bool HasRoomFor(uint sequence) => Count < _slots.Length && At(sequence).Sequence == 0 && sequence - Oldest(sequence) < (uint)_slots.Length;

    /// <summary>Takes the slot of a sequence that <see cref="HasRoomFor"/> accepted.</summary>
    public FlightSlot Take(uint sequence, int block, int frameBytes)
    {
        FlightSlot slot = At(sequence);
        if (slot.Frame.Length < frameBytes)
        {
            slot.Frame = new byte[frameBytes];
        }

        slot.Sequence = sequence;
        slot.Block = block;
        slot.Attempts = 0;
        slot.Overtaken = 0;
        Count++;
        Peak = Math.Max(Peak, Count);
        return slot;
    }

    public FlightSlot? Find(uint sequence)
    {
        if (sequence == 0 || _slots.Length == 0)
        {
            return null;
        }

        FlightSlot slot = At(sequence);
        return slot.Sequence == sequence ? slot : null;
    }

    public void Release(FlightSlot slot)
    {
        slot.Sequence = 0;
        Count--;
    }

    /// <summary>Frees every slot, and returns the blocks they held to the job, the oldest first.</summary>
    public int Empty(BatchJob? job)
    {
        int emptied = Count;
        if (emptied != 0)
        {
            foreach (FlightSlot slot in _slots.Where(s => s.Sequence != 0).OrderBy(s => s.Sequence))
            {
                job?.PutBack(slot.Block);
                slot.Sequence = 0;
            }
        }

        Count = 0;
        return emptied;
    }

    public ReadOnlySpan<FlightSlot> Slots => _slots;

    /// <summary>The lowest sequence in flight, or <paramref name="next"/> when there is none.</summary>
    private uint Oldest(uint next)
    {
        uint oldest = next;
        foreach (FlightSlot slot in _slots)
        {
            if (slot.Sequence != 0 && slot.Sequence < oldest)
            {
                oldest = slot.Sequence;
            }
        }

        return oldest;
    }

    private FlightSlot At(uint sequence) => _slots[(int)(sequence % (uint)_slots.Length)];
}
