using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Link.Session;

/// <summary>The parameter set of the job: is it on the device, on its way, or to be sent (again)?</summary>
internal sealed class ParameterTurn(ControlExchange control, StimulusFlow flow, ICrc32 crc)
{
    /// <summary>In a row: a device that spoils every set is not to be trained with.</summary>
    private const int MostSpoilt = 8;

    private readonly ParameterShelf _shelf = new();

    /// <summary>The one that the newest Parameters frame carried: not the job's when its job has ended since.</summary>
    private ParameterSet? _sent;
    private bool _mustBeSent;
    private bool _mustBeAnswered;
    private uint _sentAfter;
    private int _spoilt;

    /// <summary>The job's; null until it is asked for.</summary>
    public ParameterSet? Set { get; private set; }

    public uint NewestVersion => _shelf.NewestVersion;

    /// <summary>Another job, another set.</summary>
    public void Begin() => Set = null;

    /// <param name="sets">How many the device keeps.</param>
    public void StartEpoch(int sets)
    {
        Set = null;
        _mustBeSent = false;
        _mustBeAnswered = false;
        _sentAfter = 0;
        _shelf.Clear(sets);
    }

    /// <summary>True when stimuli that name these volts may be sent: the set is on its way, or on the device.</summary>
    public bool Ensure(float[] volts, long nowMicros)
    {
        if (Set is null)
        {
            Set = _shelf.Find(volts);
            if (Set is null)
            {
                if (control.IsOpen)
                {
                    return false;
                }

                Set = _shelf.Add(volts);
                _mustBeAnswered = false;
                Send(nowMicros);
            }
        }
        else if (_mustBeSent && !control.IsOpen)
        {
            Send(nowMicros);
        }

        return !_mustBeSent && !(_mustBeAnswered && control.IsOpen && control.Kind == FrameKind.Parameters);
    }

    public void Accepted() => _spoilt = 0;

    /// <summary>The frame that carried it, if one did, came to nothing: once more.</summary>
    public void FrameWasLost() => _mustBeSent |= IsUnderWay;

    /// <summary>What the device read is not what was sent, though the CRC was right: its memory, not the wire. False once it has happened too often.</summary>
    public bool WasSpoilt()
    {
        if (++_spoilt > MostSpoilt)
        {
            return false;
        }

        FrameWasLost();
        return true;
    }

    /// <summary>A stimulus was refused because the device does not have its set, or another under its version.</summary>
    public void MissedBy(uint stimulusSequence, long nowMicros)
    {
        // Frames sent before the set was sent anew say nothing about it.
        if (stimulusSequence <= _sentAfter)
        {
            return;
        }

        _mustBeSent = true;
        _mustBeAnswered = true;
        if (control.IsOpen && IsUnderWay)
        {
            _mustBeSent = false;
            _sentAfter = flow.Sequence;
            control.Send(nowMicros);
        }
    }

    /// <summary>The device does not want the set that was sent; returned when it is the job's, for one that began since asks for volts of its own.</summary>
    public ParameterSet? TakeRefused()
    {
        ParameterSet refused = _sent!;
        _shelf.Remove(refused);
        if (Set != refused)
        {
            return null;
        }

        Set = null;
        return refused;
    }

    private bool IsUnderWay => control.Kind == FrameKind.Parameters && _sent is not null && _sent == Set;

    private void Send(long nowMicros)
    {
        _sent = Set;
        control.Reserve(ParameterFrame.PayloadBytes(Set!.Volts.Length));
        int payload = ParameterWriter.Write(control.Frame, Set.Volts);
        Set.Hash = ParameterFrame.Hash(control.Frame, payload, crc);
        control.Open(FrameKind.Parameters, CommandCode.None, control.NextSequence(), payload, nowMicros);
        FrameHeader.WriteParameters(control.Frame, Set.Version, Set.Hash);
        control.Send(nowMicros);
        _mustBeSent = false;
        _sentAfter = flow.Sequence;
    }
}
