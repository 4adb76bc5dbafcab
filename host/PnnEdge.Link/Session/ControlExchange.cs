using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Link.Session;

/// <summary>Hands one frame to the transport, which copies it; false when it could not be taken.</summary>
public delegate bool SendFrame(byte[] frame, int length);

/// <summary>The one control frame that may be outstanding: sent again with a fresh deadline until its reply comes.</summary>
internal sealed class ControlExchange(SessionFacts facts, SendFrame send, ICrc32 crc)
{
    private const int LongestCommandOrPlan = 512;

    private int _payloadBytes;
    private uint _newest;

    /// <summary>Where the payload is written before <see cref="Open"/>.</summary>
    public byte[] Frame { get; private set; } = new byte[FrameHeader.Bytes + LongestCommandOrPlan];

    public bool IsOpen { get; private set; }

    public FrameKind Kind { get; private set; }

    public CommandCode Command { get; private set; }

    public uint Sequence { get; private set; }

    public long FirstSentMicros { get; private set; }

    public long DueMicros { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>Room for a payload of this length: a parameter set may be as long as the device's longest frame.</summary>
    public void Reserve(int payloadBytes)
    {
        if (Frame.Length < FrameHeader.Bytes + payloadBytes)
        {
            Frame = new byte[FrameHeader.Bytes + payloadBytes];
        }
    }

    /// <summary>For all control frames but Arm, which has its own count: it opens the epoch that this one counts in.</summary>
    public uint NextSequence() => ++_newest;

    public void RestartSequence() => _newest = 0;

    /// <summary>The device has seen a higher one than ours.</summary>
    public void GoAbove(uint newest) => _newest = Math.Max(_newest, newest);

    public void Open(FrameKind kind, CommandCode command, uint sequence, int payloadBytes, long nowMicros)
    {
        (Kind, Command, Sequence, _payloadBytes) = (kind, command, sequence, payloadBytes);
        FrameHeader.Write(Frame, kind, facts.Epoch, kind == FrameKind.Plan ? facts.RunId : 0, sequence, facts.BootId, 0);
        IsOpen = true;
        Attempts = 0;
        FirstSentMicros = nowMicros;
    }

    /// <summary>Sends, for the first time or again.</summary>
    public void Send(long nowMicros)
    {
        Attempts++;
        long patience = Command == CommandCode.Arm ? facts.ArmPatienceMicros(Attempts) : facts.ControlPatienceMicros();
        Bytes.PutUInt32(Frame, FrameHeader.DeviceMillisAt, facts.Deadline(nowMicros, patience));
        send(Frame, FrameHeader.Seal(Frame, _payloadBytes, crc));
        DueMicros = nowMicros + patience;
    }

    public bool IsAnsweredBy(byte[] reply) =>
        IsOpen && ReplyFrame.AnsweredKind(reply) == Kind && ReplyFrame.Command(reply) == Command && ReplyFrame.AnsweredSequence(reply) == Sequence;

    public void Close() => IsOpen = false;
}
