using System.Runtime.InteropServices;
using PnnEdge.Training.Systems;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Link.Session;

/// <summary>Blocks out, measurements in: keeps the window full, sends again what is not answered, puts results in their place.</summary>
internal sealed class StimulusFlow(SessionFacts facts, SendFrame send, ICrc32 crc, SessionCounters counters)
{
    /// <summary>Answers to later frames after which an unanswered one counts as lost.</summary>
    private const int OvertakenIsLost = 3;

    /// <summary>Before a frame that the transport would not take is tried again, µs.</summary>
    private const long RefusedByTransportMicros = 20_000;

    private readonly BlockWindow _window = new();
    private uint _sequence;

    public BatchJob? Job { get; private set; }

    public BlockWindow Window => _window;

    /// <summary>Newest sequence used in this epoch.</summary>
    public uint Sequence => _sequence;

    public void Begin(BatchJob job)
    {
        Job = job;
        if (facts.Plan is not null)
        {
            Cut();
        }
    }

    public void Cut()
    {
        if (Job is { IsCut: false } job)
        {
            job.Cut(facts.Plan!.ShotsPerBlock, facts.Plan.StimulusWords, facts.Plan.MeasurementWords);
        }
    }

    /// <summary>Sequences begin anew; what was in flight is to be sent again.</summary>
    public void StartEpoch(int window)
    {
        counters.AddRetried(_window.Empty(Job));
        _window.Resize(window);
        _sequence = 0;
    }

    /// <summary>The job is over, well or not: answers still on their way answer nothing.</summary>
    public void End()
    {
        _window.Empty(null);
        Job = null;
    }

    public void Fill(ParameterSet set, long nowMicros)
    {
        while (Job!.HasBlocksToSend && _window.HasRoomFor(_sequence + 1))
        {
            SendBlock(Job.TakeBlock(), set, nowMicros);
        }
    }

    /// <param name="isSilent">Nothing has been heard for long: only the oldest frame asks whether anybody is there.</param>
    public void SendDue(long nowMicros, bool isSilent)
    {
        if (_window.Count == 0)
        {
            return;
        }

        uint oldest = uint.MaxValue;
        foreach (FlightSlot slot in _window.Slots)
        {
            oldest = slot.Sequence != 0 && slot.Sequence < oldest ? slot.Sequence : oldest;
        }

        foreach (FlightSlot slot in _window.Slots)
        {
            if (slot.Sequence == 0 || nowMicros < slot.DueMicros)
            {
                continue;
            }

            if (isSilent && slot.Sequence != oldest)
            {
                slot.DueMicros = nowMicros + facts.StimulusPatienceMicros(1);
            }
            else
            {
                SendAgain(slot, nowMicros);
            }
        }
    }

    /// <summary>The connection is back with the lease still held: everything in flight is due.</summary>
    public void MakeAllDue()
    {
        foreach (FlightSlot slot in _window.Slots)
        {
            slot.DueMicros = 0;
        }
    }

    public long NextDue()
    {
        long next = long.MaxValue;
        foreach (FlightSlot slot in _window.Slots)
        {
            next = slot.Sequence != 0 && slot.DueMicros < next ? slot.DueMicros : next;
        }

        return next;
    }

    public void SendAgain(FlightSlot slot, long nowMicros)
    {
        counters.AddRetried(1);
        SendSlot(slot, nowMicros);
    }

    /// <summary>Its shots go out once more, under a new sequence.</summary>
    public void Requeue(FlightSlot slot)
    {
        counters.AddRetried(1);
        Job!.PutBack(slot.Block);
        _window.Release(slot);
    }

    /// <summary>The bench was not fed in time: the measurement answers its frame, but its shots are not to be used.</summary>
    public static bool RanDry(byte[] measurement) => (MeasurementBlock.Flags(measurement) & MeasurementBlock.UnderrunFlag) != 0;

    /// <summary>
    /// Accepted when the measurement answers a frame in flight, to the letter; its volts are then in their place, or its block
    /// goes out once more where it <see cref="RanDry"/>.
    /// </summary>
    public RefusalReason Take(byte[] frame, long nowMicros)
    {
        if (FrameHeader.Epoch(frame) != facts.Epoch)
        {
            return RefusalReason.WrongEpoch;
        }

        FlightSlot? slot = _window.Find(FrameHeader.Sequence(frame));
        if (slot is null || Job?.Stimulus is null)
        {
            return RefusalReason.StaleSequence;
        }

        RefusalReason verdict = Compare(frame, slot);
        if (verdict != RefusalReason.Accepted)
        {
            return verdict;
        }

        if (RanDry(frame))
        {
            Requeue(slot);
            return RefusalReason.Accepted;
        }

        int shots = MeasurementBlock.Shots(frame), words = facts.Plan!.MeasurementWords;
        facts.Node!.DecodeWords(frame, MeasurementBlock.CodesAt, shots * words, Job.MeasuredVolts, Job.FirstShotOf(slot.Block) * words);
        if (slot.Attempts == 1)
        {
            facts.SawAnswer(slot.FirstSentMicros, slot.Attempts, FrameHeader.DeviceMillis(frame), nowMicros);
        }

        facts.SawMeasurement();
        counters.AddPlayed(shots, MeasurementBlock.PlayMicros(frame));
        _window.Release(slot);
        Job.BlockDone();
        ResendOvertaken(FrameHeader.Sequence(frame), nowMicros);
        return RefusalReason.Accepted;
    }

    private RefusalReason Compare(byte[] frame, FlightSlot slot)
    {
        byte[] asked = slot.Frame;
        if (FrameHeader.RunId(frame) != facts.RunId)
        {
            return RefusalReason.WrongRun;
        }

        if (FrameHeader.ParameterVersion(frame) != FrameHeader.ParameterVersion(asked) || FrameHeader.ParameterHash(frame) != FrameHeader.ParameterHash(asked))
        {
            return RefusalReason.WrongParameterHash;
        }

        if (MeasurementBlock.FirstShot(frame) != StimulusBlock.FirstShot(asked) || MeasurementBlock.Shots(frame) != StimulusBlock.Shots(asked))
        {
            return RefusalReason.FrameIdReused;
        }

        int words = StimulusBlock.Shots(asked) * facts.Plan!.MeasurementWords;
        if (FrameHeader.PayloadLength(frame) != MeasurementBlock.FixedBytes + (2 * words))
        {
            return RefusalReason.WrongLength;
        }

        ReadOnlySpan<ushort> codes = MemoryMarshal.Cast<byte, ushort>(frame.AsSpan(MeasurementBlock.CodesAt, 2 * words));
        if (codes.ContainsAnyExceptInRange((ushort)0, (ushort)(facts.Node!.Codes - 1)))
        {
            return RefusalReason.OutOfRange;
        }

        return RefusalReason.Accepted;
    }

    private void SendBlock(int block, ParameterSet set, long nowMicros)
    {
        Stimulus stimulus = Job!.Stimulus!;
        int firstShot = Job.FirstShotOf(block), shots = Job.ShotsOf(block), words = facts.Plan!.StimulusWords;
        int payload = StimulusBlock.PayloadBytes(shots, words);
        FlightSlot slot = _window.Take(++_sequence, block, FrameHeader.Bytes + payload);
        FrameHeader.Write(slot.Frame, FrameKind.Stimulus, facts.Epoch, facts.RunId, slot.Sequence, facts.BootId, 0);
        FrameHeader.WriteParameters(slot.Frame, set.Version, set.Hash);
        StimulusBlock.Write(slot.Frame, stimulus.FirstShot + (ulong)firstShot, shots);
        int unreachable = facts.Drive!.EncodeWords(stimulus.Volts, firstShot * words, shots * words, slot.Frame, StimulusBlock.CodesAt);
        if (unreachable >= 0)
        {
            throw new InvalidOperationException($"A volt that no code reaches came past the guard, at word {unreachable} of block {block}.");
        }

        facts.Drive.DecodeWords(slot.Frame, StimulusBlock.CodesAt, shots * words, Job.AppliedVolts, firstShot * words);
        slot.PayloadBytes = payload;
        slot.FirstSentMicros = nowMicros;
        SendSlot(slot, nowMicros);
    }

    private void SendSlot(FlightSlot slot, long nowMicros)
    {
        slot.Attempts++;
        slot.Overtaken = 0;
        long patience = facts.StimulusPatienceMicros(slot.Attempts);
        Bytes.PutUInt32(slot.Frame, FrameHeader.DeviceMillisAt, facts.Deadline(nowMicros, patience));
        if (send(slot.Frame, FrameHeader.Seal(slot.Frame, slot.PayloadBytes, crc)))
        {
            counters.AddSent();
            slot.DueMicros = nowMicros + patience;
        }
        else
        {
            slot.DueMicros = nowMicros + RefusedByTransportMicros;
        }
    }

    private void ResendOvertaken(uint answered, long nowMicros)
    {
        if (_window.Count == 0)
        {
            return;
        }

        foreach (FlightSlot slot in _window.Slots)
        {
            if (slot.Sequence != 0 && slot.Sequence < answered && ++slot.Overtaken == OvertakenIsLost)
            {
                SendAgain(slot, nowMicros);
            }
        }
    }
}
