using PnnEdge.Training.Systems;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Link.Session;

/// <summary>Who is there: asks, reads the hello, and says whether the device that answers is one to talk to.</summary>
internal sealed class Greeting(Conversation talk, SendFrame send, ICrc32 crc)
{
    private const long PeriodMicros = 500_000;

    /// <summary>Hello answers no particular question, so it may be as old as this, µs.</summary>
    private const long HelloAgeMicros = 2_000_000;

    private readonly SessionFacts _facts = talk.Facts;
    private readonly byte[] _identify = new byte[FrameHeader.Bytes + CommandFrame.FixedBytes];
    private long _askedMicros;

    /// <summary>When to ask (again), as long as there is a reason to.</summary>
    public long AskAtMicros { get; private set; }

    /// <summary>Why the device that answers now is not one to talk to; null once a hello was accepted again.</summary>
    public PhysicalSystemException? Stranger { get; private set; }

    public void AskNoLaterThan(long micros) => AskAtMicros = Math.Min(AskAtMicros, micros);

    public void AskFrom(long micros) => AskAtMicros = micros;

    public void Ask(long nowMicros)
    {
        FrameHeader.Write(_identify, FrameKind.Command, 0, 0, 0, 0, 0);
        int payload = CommandFrame.Write(_identify, CommandCode.Identify, _facts.Holder, 0, string.Empty);
        send(_identify, FrameHeader.Seal(_identify, payload, crc));
        _askedMicros = nowMicros;
        AskAtMicros = nowMicros + PeriodMicros;
    }

    /// <summary>Another boot answers: nothing is believed before its hello.</summary>
    public void AskAnew(long nowMicros)
    {
        talk.Move(LinkEvent.Lost);
        talk.Move(LinkEvent.Dialled);
        talk.Control.Close();
        Ask(nowMicros);
    }

    /// <summary>The device is in Fault, and its report may have been lost on its way: ask for hello, which it follows.</summary>
    public void AskForFault(long nowMicros)
    {
        talk.ForgetLease(_facts.Epoch);
        talk.Move(LinkEvent.FaultRaised);
        Ask(nowMicros);
    }

    public void Take(byte[] frame, long nowMicros)
    {
        BirthCertificate hello = BirthCertificate.Read(frame);
        uint bootId = FrameHeader.BootId(frame);
        Stranger = WhyNotToTalkTo(hello);
        if (Stranger is not null)
        {
            TurnFrom(Stranger, nowMicros);
            return;
        }

        bool isSameBoot = _facts.Hello is not null && bootId == _facts.BootId;
        bool holdsLease = isSameBoot && hello.Epoch == _facts.Epoch && hello.State is LinkState.Armed or LinkState.Running && _facts.LeaseMicros != 0;
        talk.Patience.HelloSeen(nowMicros);
        if (!isSameBoot)
        {
            _facts.Clock.Forget();
        }

        _facts.Hello = hello;
        _facts.BootId = bootId;
        _facts.Clock.Take(Math.Max(_askedMicros, nowMicros - HelloAgeMicros), nowMicros, FrameHeader.DeviceMillis(frame), HelloAgeMicros);
        if (talk.State == LinkState.Connecting)
        {
            talk.Move(LinkEvent.HelloAccepted);
        }

        if (hello.State == LinkState.Fault)
        {
            // Its report follows this hello and names the cause.
            talk.ForgetLease(hello.Epoch);
            talk.Move(LinkEvent.FaultRaised);
            AskAtMicros = nowMicros + PeriodMicros;
            return;
        }

        if (talk.State == LinkState.Fault)
        {
            talk.Move(LinkEvent.FaultCleared);
            talk.Move(LinkEvent.SafeConfirmed);
        }

        if (!holdsLease)
        {
            talk.ForgetLease(hello.Epoch);
        }
        else if (talk.State == LinkState.Idle)
        {
            talk.Move(LinkEvent.LeaseGranted);
            talk.Lease.RenewAtOnce(nowMicros);
            talk.Flow.MakeAllDue();
        }
    }

    private PhysicalSystemException? WhyNotToTalkTo(BirthCertificate hello)
    {
        if (!hello.SpeaksThisProtocol())
        {
            return Sentences.WrongProtocol(_facts.Device, hello);
        }

        // Another board at the same address: what was trained on the first must not go on with the second.
        return _facts.Hello is { } known && !IsSameBoard(known, hello) ? Sentences.AnotherBoard(_facts.Device, known, hello) : null;
    }

    /// <summary>Nothing but Identify goes to a stranger, and that not in answer to its hello, or the two would never stop.</summary>
    private void TurnFrom(PhysicalSystemException stranger, long nowMicros)
    {
        talk.Control.Close();
        talk.Move(LinkEvent.Lost);
        talk.Move(LinkEvent.Dialled);
        AskAtMicros = nowMicros + PeriodMicros;
        talk.Fail(stranger);
    }

    private static bool IsSameBoard(BirthCertificate a, BirthCertificate b) =>
        a.Board == b.Board && a.UnitSerial == b.UnitSerial && a.MaxFrameBytes == b.MaxFrameBytes && a.LagSamples == b.LagSamples &&
        a.Channels.Select(Told).SequenceEqual(b.Channels.Select(Told));

    private static (string, ChannelRole, int, int, float, float, float, float, ChannelCoding, ChannelPurpose) Told(ChannelRecord c) =>
        (c.Name, c.Role, c.Count, c.Bits, c.MinVolts, c.MaxVolts, c.LimitMinVolts, c.LimitMaxVolts, c.Coding, c.Purpose);
}
