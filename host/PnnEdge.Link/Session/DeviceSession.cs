using PnnEdge.Training.Systems;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Link.Session;

/// <summary>
/// A host's conversation with one device, without threads, sockets or clocks: frames and the time go in, frames go out. What
/// is known of the device is kept; a refusal makes the session forget what was wrong, and <see cref="Serve"/> restores
/// whatever is missing, in order: hello, lease, plan, parameters, blocks in flight.
/// </summary>
internal sealed class DeviceSession
{
    private const long IdentifyMicros = 500_000;

    /// <summary>Whatever a hello claims: memory for the window is set aside at once.</summary>
    private const int MostInFlight = 256;

    /// <summary>In a row: a device that spoils every set is not to be trained with.</summary>
    private const int MostSetsSpoilt = 8;
    private const long LeaseInAnswers = 4;
    private const long LongestLeaseWaitMicros = 1_000_000;

    /// <summary>Hello answers no particular question, so it may be as old as this, µs.</summary>
    private const long HelloAgeMicros = 2_000_000;

    private readonly SessionFacts _facts;
    private readonly SendFrame _send;
    private readonly ICrc32 _crc;
    private readonly ControlExchange _control;
    private readonly ParameterShelf _shelf = new();
    private readonly StimulusFlow _flow;
    private readonly Patience _patience;
    private readonly byte[] _identify = new byte[FrameHeader.Bytes + CommandFrame.FixedBytes];
    private bool _isPlanned;
    private uint _rateMilliHertz;
    private uint _controlSequence;
    private uint _armSequence;
    private long _identifyAt;
    private long _identifySent;
    private long _armAt;
    private long _renewAt;
    private ParameterSet? _set;

    /// <summary>The one that the newest Parameters frame carried: not the job's when its job has ended since.</summary>
    private ParameterSet? _sentSet;
    private bool _setMustBeSent;
    private bool _setMustBeAnswered;
    private uint _setSentAfter;
    private int _setsSpoilt;
    private bool _isClosing;
    private Exception? _fatal;

    /// <summary>Why the device that answers now is not one to talk to; null once a hello was accepted again.</summary>
    private PhysicalSystemException? _stranger;

    public DeviceSession(SessionFacts facts, SendFrame send, ICrc32 crc)
    {
        (_facts, _send, _crc) = (facts, send, crc);
        _control = new ControlExchange(facts, send, crc);
        _flow = new StimulusFlow(facts, send, crc, Counters);
        _patience = new Patience(facts);
    }

    public LinkState State { get; private set; } = LinkState.Offline;

    public SessionCounters Counters { get; } = new();

    /// <summary>Inbound frames that were not believed, by reason.</summary>
    public RefusalCount Refused { get; } = new();

    /// <summary>What the device refused of ours, by reason.</summary>
    public RefusalCount RefusedByDevice { get; } = new();

    /// <summary>How often the actuators' volts have changed.</summary>
    public uint NewestParameterVersion => _shelf.NewestVersion;

    public int PeakInFlight => _flow.Window.Peak;

    public SessionFacts Facts => _facts;

    public bool IsClosing => _isClosing;

    /// <summary>True once the closing session owes the device nothing.</summary>
    public bool IsClosed => _isClosing && !_control.IsOpen;

    /// <summary>As the device plays it; known once it has taken the plan.</summary>
    public SystemDescription? Description => _facts is { Hello: { } hello, Plan: { } plan } && _rateMilliHertz != 0
        ? PlanBuilder.Describe(hello, plan, _rateMilliHertz)
        : null;

    /// <summary>One job at a time.</summary>
    public void Begin(BatchJob job, long nowMicros)
    {
        if ((_fatal ?? _stranger) is { } hopeless)
        {
            job.Fail(hopeless);
            return;
        }

        _set = null;
        _patience.Begin(nowMicros);
        _flow.Begin(job);
        _identifyAt = Math.Min(_identifyAt, nowMicros);
    }

    public void TransportChanged(bool isUp, long nowMicros)
    {
        if (isUp && State == LinkState.Offline)
        {
            Move(LinkEvent.Dialled);
            _patience.TransportSeen();
            _identifyAt = nowMicros;
        }
        else if (!isUp && State != LinkState.Offline)
        {
            Move(LinkEvent.Lost);
        }
    }

    /// <summary>Gives the lease back.</summary>
    public void Close(long nowMicros)
    {
        _isClosing = true;
        _flow.End();
        _control.Close();
        if (State == LinkState.Armed)
        {
            int payload = CommandFrame.Write(_control.Frame, CommandCode.Disarm, _facts.Holder, 0, string.Empty);
            _control.Open(FrameKind.Command, CommandCode.Disarm, ++_controlSequence, payload, nowMicros);
            _control.Send(nowMicros);
        }
    }

    /// <summary>Takes one message from the transport. Whatever its bytes are, the session survives them; the buffer is free afterwards.</summary>
    public void Handle(byte[] frame, int length, bool retained, long nowMicros)
    {
        RefusalReason verdict = FrameCheck.Open(frame, length, _facts.Options.MaxFrameBytes, _crc);
        if (verdict == RefusalReason.Accepted)
        {
            verdict = FrameCheck.IsForDevice(FrameHeader.Kind(frame)) ? RefusalReason.WrongDirection
                : retained ? RefusalReason.Retained
                : Dispatch(frame, nowMicros);
        }

        if (verdict != RefusalReason.Accepted)
        {
            Refused.Add(verdict);
        }
    }

    /// <summary>Does whatever is due.</summary>
    public void Serve(long nowMicros)
    {
        EndJobThatIsOver(nowMicros);
        if (State == LinkState.Offline)
        {
            return;
        }

        if (_control.IsOpen && nowMicros >= _control.DueMicros)
        {
            _control.Send(nowMicros);
        }

        if (_isClosing)
        {
            return;
        }

        if (State is LinkState.Connecting or LinkState.Fault)
        {
            if (nowMicros >= _identifyAt && (State == LinkState.Connecting || _flow.Job is not null))
            {
                Identify(nowMicros);
            }
        }
        else if (State == LinkState.Idle)
        {
            if (!_control.IsOpen && nowMicros >= _armAt)
            {
                Arm(nowMicros);
            }
        }
        else if (!_isPlanned)
        {
            if (!_control.IsOpen)
            {
                SendPlan(nowMicros);
            }
        }
        else
        {
            ServeJob(nowMicros);
            if (!_control.IsOpen && nowMicros >= _renewAt)
            {
                Renew(nowMicros);
            }
        }
    }

    /// <summary>When <see cref="Serve"/> has something to do if nothing arrives before, µs.</summary>
    public long NextDueMicros()
    {
        long next = _flow.Job is null ? long.MaxValue : _patience.NextDueMicros();
        if (State == LinkState.Offline)
        {
            return next;
        }

        next = Math.Min(next, _control.IsOpen ? _control.DueMicros : long.MaxValue);
        if (_isClosing)
        {
            return next;
        }

        return Math.Min(next, State switch
        {
            LinkState.Connecting => _identifyAt,
            LinkState.Fault => _flow.Job is null ? long.MaxValue : _identifyAt,
            LinkState.Idle => _control.IsOpen ? long.MaxValue : _armAt,
            _ => Math.Min(_control.IsOpen ? long.MaxValue : _renewAt, _flow.NextDue()),
        });
    }

    private void ServeJob(long nowMicros)
    {
        if (_flow.Job is not { } job)
        {
            return;
        }

        if (job.AllBlocksDone)
        {
            _flow.End();
            job.Complete();
            return;
        }

        if (EnsureParameters(job.Stimulus!.ActuatorVolts, nowMicros))
        {
            _flow.Fill(_set!, nowMicros);
        }

        _flow.SendDue(nowMicros, _patience.IsSilent(nowMicros));
    }

    /// <summary>True when stimuli that name these volts may be sent: the set is on its way, or on the device.</summary>
    private bool EnsureParameters(float[] volts, long nowMicros)
    {
        if (_set is null)
        {
            _set = _shelf.Find(volts);
            if (_set is null)
            {
                if (_control.IsOpen)
                {
                    return false;
                }

                _set = _shelf.Add(volts);
                _setMustBeAnswered = false;
                SendParameters(nowMicros);
            }
        }
        else if (_setMustBeSent && !_control.IsOpen)
        {
            SendParameters(nowMicros);
        }

        return !_setMustBeSent && !(_setMustBeAnswered && _control.IsOpen && _control.Kind == FrameKind.Parameters);
    }

    private void EndJobThatIsOver(long nowMicros)
    {
        if (_flow.Job is not { } job)
        {
            return;
        }

        if (job.Cancellation.IsCancellationRequested)
        {
            _flow.End();
            job.Cancel();
        }
        else if (_patience.Watch(State, nowMicros) is { } tooLong)
        {
            Fail(tooLong);
        }
    }

    private RefusalReason Dispatch(byte[] frame, long nowMicros)
    {
        FrameKind kind = FrameHeader.Kind(frame);
        if (State == LinkState.Offline || FrameHeader.BootId(frame) == 0)
        {
            return RefusalReason.WrongBoot;
        }

        if (kind == FrameKind.Hello)
        {
            TakeHello(frame, nowMicros);
            return RefusalReason.Accepted;
        }

        if (State == LinkState.Connecting || FrameHeader.BootId(frame) != _facts.BootId)
        {
            // Another boot speaks: the device may have restarted. Ask, and believe only its hello.
            if (nowMicros >= _identifyAt)
            {
                Identify(nowMicros);
            }

            return RefusalReason.WrongBoot;
        }

        _patience.Heard(nowMicros);
        switch (kind)
        {
            case FrameKind.Measurement:
                return TakeMeasurement(frame, nowMicros);
            case FrameKind.Reply:
                return TakeReply(frame, nowMicros);
            case FrameKind.Fault:
                TakeFault(FaultReport.Read(frame));
                return RefusalReason.Accepted;
            default:
                return RefusalReason.Accepted;
        }
    }

    private RefusalReason TakeMeasurement(byte[] frame, long nowMicros)
    {
        if (State != LinkState.Armed)
        {
            return RefusalReason.WrongState;
        }

        RefusalReason verdict = _flow.Take(frame, nowMicros);
        if (verdict == RefusalReason.Accepted)
        {
            // A block that was played, well or not, extended the lease by its length.
            _renewAt = nowMicros + (_facts.LeaseMicros / 3);
            if (StimulusFlow.RanDry(frame))
            {
                _patience.BenchRanDry();
            }
            else
            {
                _patience.Progressed(nowMicros);
            }
        }

        return verdict;
    }

    private void TakeHello(byte[] frame, long nowMicros)
    {
        BirthCertificate hello = BirthCertificate.Read(frame);
        uint bootId = FrameHeader.BootId(frame);
        _stranger = WhyNotToTalkTo(hello);
        if (_stranger is not null)
        {
            TurnFrom(_stranger, nowMicros);
            return;
        }

        bool isSameBoot = _facts.Hello is not null && bootId == _facts.BootId;
        bool holdsLease = isSameBoot && hello.Epoch == _facts.Epoch && hello.State is LinkState.Armed or LinkState.Running && _facts.LeaseMicros != 0;
        _patience.HelloSeen(nowMicros);
        if (!isSameBoot)
        {
            _facts.Clock.Forget();
        }

        _facts.Hello = hello;
        _facts.BootId = bootId;
        _facts.Clock.Take(Math.Max(_identifySent, nowMicros - HelloAgeMicros), nowMicros, FrameHeader.DeviceMillis(frame), HelloAgeMicros);
        if (State == LinkState.Connecting)
        {
            Move(LinkEvent.HelloAccepted);
        }

        if (hello.State == LinkState.Fault)
        {
            // Its report follows this hello and names the cause.
            ForgetLease(hello.Epoch);
            Move(LinkEvent.FaultRaised);
            _identifyAt = nowMicros + IdentifyMicros;
            return;
        }

        if (State == LinkState.Fault)
        {
            Move(LinkEvent.FaultCleared);
            Move(LinkEvent.SafeConfirmed);
        }

        if (!holdsLease)
        {
            ForgetLease(hello.Epoch);
        }
        else if (State == LinkState.Idle)
        {
            Move(LinkEvent.LeaseGranted);
            _renewAt = nowMicros;
            _flow.MakeAllDue();
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
        _control.Close();
        Move(LinkEvent.Lost);
        Move(LinkEvent.Dialled);
        _identifyAt = nowMicros + IdentifyMicros;
        Fail(stranger);
    }

    private static bool IsSameBoard(BirthCertificate a, BirthCertificate b) =>
        a.Board == b.Board && a.UnitSerial == b.UnitSerial && a.MaxFrameBytes == b.MaxFrameBytes && a.Channels.Length == b.Channels.Length &&
        a.Channels.Zip(b.Channels).All(pair =>
            (pair.First.Name, pair.First.Role, pair.First.Count, pair.First.Bits, pair.First.MinVolts, pair.First.MaxVolts, pair.First.LimitMinVolts, pair.First.LimitMaxVolts) ==
            (pair.Second.Name, pair.Second.Role, pair.Second.Count, pair.Second.Bits, pair.Second.MinVolts, pair.Second.MaxVolts, pair.Second.LimitMinVolts, pair.Second.LimitMaxVolts));

    private void TakeFault(FaultReport fault)
    {
        ForgetLease(_facts.Epoch);
        Move(LinkEvent.FaultRaised);
        Fail(Sentences.Fault(_facts.Device, fault));
    }

    private RefusalReason TakeReply(byte[] frame, long nowMicros)
    {
        if (ReplyFrame.Reason(frame) != RefusalReason.Accepted)
        {
            RefusedByDevice.Add(ReplyFrame.Reason(frame));
        }

        if (_control.IsAnsweredBy(frame))
        {
            return TakeControlReply(frame, nowMicros);
        }

        if (ReplyFrame.AnsweredKind(frame) != FrameKind.Stimulus)
        {
            return RefusalReason.StaleSequence;
        }

        Counters.AddRefused();
        FlightSlot? slot = _flow.Window.Find(ReplyFrame.AnsweredSequence(frame));
        if (slot is null || _flow.Job?.Stimulus is null)
        {
            return RefusalReason.StaleSequence;
        }

        TakeStimulusRefusal(frame, slot, nowMicros);
        return RefusalReason.Accepted;
    }

    private RefusalReason TakeControlReply(byte[] frame, long nowMicros)
    {
        RefusalReason reason = ReplyFrame.Reason(frame);
        bool isArm = _control.Command == CommandCode.Arm;
        bool isOfThisEpoch = isArm ? FrameHeader.Epoch(frame) != _facts.Epoch : FrameHeader.Epoch(frame) == _facts.Epoch;
        if (reason == RefusalReason.Accepted && !isOfThisEpoch)
        {
            return RefusalReason.WrongEpoch;
        }

        if (reason == RefusalReason.WrongEpoch && ReplyFrame.Detail(frame) == _facts.Epoch)
        {
            // The answer to a frame of an epoch that is past.
            return RefusalReason.WrongEpoch;
        }

        _facts.SawAnswer(_control.FirstSentMicros, _control.Attempts, FrameHeader.DeviceMillis(frame), nowMicros);
        _facts.Clock.Take(_control.FirstSentMicros, nowMicros, FrameHeader.DeviceMillis(frame));
        if (reason == RefusalReason.Accepted)
        {
            TakeControlAccepted(frame, nowMicros);
        }
        else
        {
            TakeControlRefusal(frame, reason, nowMicros);
        }

        return RefusalReason.Accepted;
    }

    private void TakeControlAccepted(byte[] frame, long nowMicros)
    {
        _control.Close();
        switch (_control.Kind)
        {
            case FrameKind.Plan:
                _isPlanned = true;
                _rateMilliHertz = ReplyFrame.ValueSet(frame);
                _flow.Cut();
                break;
            case FrameKind.Parameters:
                _setsSpoilt = 0;
                break;
            default:
                TakeCommandAccepted(frame, nowMicros);
                break;
        }
    }

    private void TakeCommandAccepted(byte[] frame, long nowMicros)
    {
        switch (_control.Command)
        {
            case CommandCode.Arm:
                StartEpoch(FrameHeader.Epoch(frame));
                _facts.LeaseMicros = 1000L * ReplyFrame.ValueSet(frame);
                _renewAt = nowMicros + (_facts.LeaseMicros / 3);
                Move(LinkEvent.LeaseGranted);
                _patience.LeaseIsHeld(0);
                break;
            case CommandCode.Renew:
                _facts.LeaseMicros = 1000L * ReplyFrame.ValueSet(frame);
                _renewAt = nowMicros + (_facts.LeaseMicros / 3);
                break;
            default:
                ForgetLease(_facts.Epoch);
                break;
        }
    }

    private void TakeControlRefusal(byte[] frame, RefusalReason reason, long nowMicros)
    {
        uint detail = ReplyFrame.Detail(frame);
        bool isArm = _control.Command == CommandCode.Arm;
        switch (reason)
        {
            case RefusalReason.Expired or RefusalReason.DeadlineTooFar:
                CorrectClock(frame, _control.FirstSentMicros, nowMicros);
                _control.Send(nowMicros);
                break;
            case RefusalReason.WrongBoot:
                Reidentify(nowMicros);
                break;
            case RefusalReason.LeaseHeld when isArm:
                _control.Close();
                _patience.LeaseIsHeld(detail);
                _armAt = nowMicros + Math.Clamp(1000L * detail, IdentifyMicros / 10, LongestLeaseWaitMicros);
                break;
            case RefusalReason.WrongState when isArm:
                _control.Close();
                _armAt = nowMicros + (IdentifyMicros / 2);
                break;
            case RefusalReason.WrongEpoch:
                ForgetLease(detail);
                break;
            case RefusalReason.NotArmed or RefusalReason.WrongState or RefusalReason.LeaseHeld:
                ForgetLease(_facts.Epoch);
                break;
            case RefusalReason.StaleSequence:
                // A repeat that came too late, or another count than ours: go on above the device's.
                _controlSequence = Math.Max(_controlSequence, detail);
                _control.Close();
                _setMustBeSent |= IsSetUnderWay(_control.Kind);
                break;
            case RefusalReason.Faulted:
                TakeFaulted(nowMicros);
                break;
            case RefusalReason.WrongParameterHash when _setsSpoilt++ < MostSetsSpoilt:
                // What the device read is not what was sent, though the CRC was right: its memory, not the wire.
                _control.Close();
                _setMustBeSent |= IsSetUnderWay(_control.Kind);
                break;
            default:
                _control.Close();
                if (_control.Kind == FrameKind.Parameters)
                {
                    TakeSetRefusal(frame);
                    break;
                }

                Fail(_control.Kind switch
                {
                    FrameKind.Plan => Sentences.PlanRefused(_facts, frame),
                    _ => new PhysicalSystemException($"Device {_facts.Device} refused the command {_control.Command}: {reason} (detail {detail})."),
                });
                break;
        }
    }

    private void TakeStimulusRefusal(byte[] frame, FlightSlot slot, long nowMicros)
    {
        RefusalReason reason = ReplyFrame.Reason(frame);
        uint detail = ReplyFrame.Detail(frame);
        _patience.RefusedFor(reason);
        switch (reason)
        {
            case RefusalReason.StaleSequence or RefusalReason.FrameIdReused:
                _flow.Requeue(slot);
                break;
            case RefusalReason.UnknownParameters or RefusalReason.WrongParameterHash:
                // Frames sent before the set was sent anew say nothing about it.
                if (slot.Sequence > _setSentAfter)
                {
                    _setMustBeSent = true;
                    _setMustBeAnswered = true;
                    if (_control.IsOpen && IsSetUnderWay(_control.Kind))
                    {
                        _setMustBeSent = false;
                        _setSentAfter = _flow.Sequence;
                        _control.Send(nowMicros);
                    }
                }

                _flow.Requeue(slot);
                break;
            case RefusalReason.NoPlan or RefusalReason.WrongRun:
                _isPlanned = false;
                _flow.Requeue(slot);
                break;
            case RefusalReason.Expired or RefusalReason.DeadlineTooFar:
                _facts.SawAnswer(slot.FirstSentMicros, slot.Attempts, FrameHeader.DeviceMillis(frame), nowMicros);
                CorrectClock(frame, slot.FirstSentMicros, nowMicros);
                _flow.SendAgain(slot, nowMicros);
                break;
            case RefusalReason.WrongEpoch:
                if (detail != _facts.Epoch)
                {
                    ForgetLease(detail);
                }

                break;
            case RefusalReason.NotArmed or RefusalReason.WrongState:
                ForgetLease(_facts.Epoch);
                break;
            case RefusalReason.WrongBoot:
                Reidentify(nowMicros);
                break;
            case RefusalReason.Faulted:
                TakeFaulted(nowMicros);
                break;
            default:
                Fail(Sentences.StimulusRefused(_facts, frame, slot.Frame, _flow.Job!.FirstShotOf(slot.Block), _flow.Job.Stimulus!.ActuatorVolts));
                break;
        }
    }

    private bool IsSetUnderWay(FrameKind controlKind) => controlKind == FrameKind.Parameters && _sentSet is not null && _sentSet == _set;

    /// <summary>Only the job whose set it was fails; one that began since asks for volts of its own.</summary>
    private void TakeSetRefusal(byte[] reply)
    {
        ParameterSet refused = _sentSet!;
        _shelf.Remove(refused);
        if (_set == refused)
        {
            _set = null;
            Fail(Sentences.ParametersRefused(_facts, reply, refused.Volts));
        }
    }

    private void CorrectClock(byte[] frame, long sentMicros, long nowMicros)
    {
        _facts.Clock.Forget();
        _facts.Clock.Take(sentMicros, nowMicros, FrameHeader.DeviceMillis(frame));
    }

    /// <summary>The report may have been lost on its way: ask for hello, which it follows.</summary>
    private void TakeFaulted(long nowMicros)
    {
        ForgetLease(_facts.Epoch);
        Move(LinkEvent.FaultRaised);
        Identify(nowMicros);
    }

    private void Reidentify(long nowMicros)
    {
        Move(LinkEvent.Lost);
        Move(LinkEvent.Dialled);
        _control.Close();
        Identify(nowMicros);
    }

    private void ForgetLease(uint epoch)
    {
        if (State == LinkState.Armed)
        {
            Move(LinkEvent.LeaseLapsed);
            Move(LinkEvent.SafeConfirmed);
        }

        StartEpoch(epoch);
        _facts.LeaseMicros = 0;
        _control.Close();
        _armAt = 0;
    }

    private void StartEpoch(uint epoch)
    {
        _facts.Epoch = epoch;
        _isPlanned = false;
        _controlSequence = 0;
        _set = null;
        _setMustBeSent = false;
        _setMustBeAnswered = false;
        _setSentAfter = 0;
        _shelf.Clear(_facts.Hello!.ParameterSets);
        _flow.StartEpoch(Math.Min(_facts.Hello.Window, MostInFlight));
    }

    private void Identify(long nowMicros)
    {
        FrameHeader.Write(_identify, FrameKind.Command, 0, 0, 0, 0, 0);
        int payload = CommandFrame.Write(_identify, CommandCode.Identify, _facts.Holder, 0, string.Empty);
        _send(_identify, FrameHeader.Seal(_identify, payload, _crc));
        _identifySent = nowMicros;
        _identifyAt = nowMicros + IdentifyMicros;
    }

    private void Arm(long nowMicros)
    {
        int payload = CommandFrame.Write(_control.Frame, CommandCode.Arm, _facts.Holder, AskedLease(), string.Empty);
        _control.Open(FrameKind.Command, CommandCode.Arm, ++_armSequence, payload, nowMicros);
        _control.Send(nowMicros);
    }

    private void Renew(long nowMicros)
    {
        int payload = CommandFrame.Write(_control.Frame, CommandCode.Renew, _facts.Holder, AskedLease(), string.Empty);
        _control.Open(FrameKind.Command, CommandCode.Renew, ++_controlSequence, payload, nowMicros);
        _control.Send(nowMicros);
    }

    private void SendPlan(long nowMicros)
    {
        try
        {
            _facts.Plan ??= PlanBuilder.Build(_facts.Device, _facts.Hello!, _facts.Shape, _facts.Options.MaxFrameBytes);
        }
        catch (PhysicalSystemException impossible)
        {
            _fatal = impossible;
            Fail(impossible);
            _isClosing = true;
            return;
        }

        _facts.Drive ??= PlanBuilder.Scale(PlanBuilder.OfRole(_facts.Hello!, ChannelRole.Stimulus)[0]);
        _facts.Node ??= PlanBuilder.Scale(PlanBuilder.OfRole(_facts.Hello!, ChannelRole.Measurement)[0]);
        _facts.Plan.Write(_control.Frame);
        _control.Open(FrameKind.Plan, CommandCode.None, ++_controlSequence, RunPlan.PayloadBytes, nowMicros);
        _control.Send(nowMicros);
    }

    private void SendParameters(long nowMicros)
    {
        _sentSet = _set;
        _control.Reserve(ParameterFrame.PayloadBytes(_set!.Volts.Length));
        int payload = ParameterWriter.Write(_control.Frame, _set.Volts);
        _set.Hash = ParameterFrame.Hash(_control.Frame, payload, _crc);
        _control.Open(FrameKind.Parameters, CommandCode.None, ++_controlSequence, payload, nowMicros);
        FrameHeader.WriteParameters(_control.Frame, _set.Version, _set.Hash);
        _control.Send(nowMicros);
        _setMustBeSent = false;
        _setSentAfter = _flow.Sequence;
    }

    /// <summary>As short as the host wishes, but long enough for a few answers as slow as they have been, ms.</summary>
    private uint AskedLease() => (uint)Math.Min(
        Math.Max(_facts.Options.LeaseMillis, LeaseInAnswers * _facts.SlowestAnswerMicros / 1000), _facts.Hello!.MaxLeaseMillis);

    private void Fail(Exception reason)
    {
        if (_flow.Job is { } job)
        {
            _flow.End();
            job.Fail(reason);
        }
    }

    /// <summary>Every move of this class is one the table lists; another one is this class's error.</summary>
    private void Move(LinkEvent happened)
    {
        LinkState next = LinkStateTable.Next(State, happened);
        State = next != LinkState.Unlisted ? next : throw new InvalidOperationException($"A link that is {State} cannot take {happened}.");
    }
}
