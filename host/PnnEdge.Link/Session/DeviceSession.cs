using PnnEdge.Training.Systems;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Link.Session;

/// <summary>
/// A host's conversation with one device, without threads, sockets or clocks: frames and the time go in, frames go out. What
/// is known of the device is kept; a refusal makes the session forget what was wrong, and <see cref="Serve"/> restores
/// whatever is missing, in order: hello (<see cref="Greeting"/>), lease (<see cref="LeaseKeeper"/>), plan, parameters
/// (<see cref="ParameterTurn"/>), blocks in flight (<see cref="StimulusFlow"/>).
/// </summary>
internal sealed class DeviceSession
{
    private readonly Conversation _talk;
    private readonly SessionFacts _facts;
    private readonly ICrc32 _crc;
    private readonly ControlExchange _control;
    private readonly StimulusFlow _flow;
    private readonly Patience _patience;
    private readonly Greeting _greeting;
    private readonly DeviceAnswers _answers;
    private bool _isClosing;

    /// <summary>The device cannot play what is wanted, and never will.</summary>
    private Exception? _fatal;

    public DeviceSession(SessionFacts facts, SendFrame send, ICrc32 crc)
    {
        (_facts, _crc) = (facts, crc);
        _talk = new Conversation(facts, send, crc);
        (_control, _flow, _patience) = (_talk.Control, _talk.Flow, _talk.Patience);
        _greeting = new Greeting(_talk, send, crc);
        _answers = new DeviceAnswers(_talk, _greeting);
    }

    public LinkState State => _talk.State;

    public SessionCounters Counters => _talk.Counters;

    /// <summary>Inbound frames that were not believed, by reason.</summary>
    public RefusalCount Refused { get; } = new();

    /// <summary>What the device refused of ours, by reason.</summary>
    public RefusalCount RefusedByDevice => _answers.Refused;

    /// <summary>How often the actuators' volts have changed.</summary>
    public uint NewestParameterVersion => _talk.Parameters.NewestVersion;

    public int PeakInFlight => _flow.Window.Peak;

    public SessionFacts Facts => _facts;

    public bool IsClosing => _isClosing;

    /// <summary>True once the closing session owes the device nothing.</summary>
    public bool IsClosed => _isClosing && !_control.IsOpen;

    /// <summary>As the device plays it; known once it has taken the plan.</summary>
    public SystemDescription? Description => _facts is { Hello: { } hello, Plan: { } plan } && _talk.RateMilliHertz != 0
        ? PlanBuilder.Describe(hello, plan, _talk.RateMilliHertz, _facts.Shape.Shot)
        : null;

    /// <summary>One job at a time.</summary>
    public void Begin(BatchJob job, long nowMicros)
    {
        if ((_fatal ?? _greeting.Stranger) is { } hopeless)
        {
            job.Fail(hopeless);
            return;
        }

        _talk.Parameters.Begin();
        _patience.Begin(nowMicros);
        _flow.Begin(job);
        _greeting.AskNoLaterThan(nowMicros);
    }

    public void TransportChanged(bool isUp, long nowMicros)
    {
        if (isUp && State == LinkState.Offline)
        {
            _talk.Move(LinkEvent.Dialled);
            _patience.TransportSeen();
            _greeting.AskFrom(nowMicros);
        }
        else if (!isUp && State != LinkState.Offline)
        {
            _talk.Move(LinkEvent.Lost);
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
            _talk.Lease.GiveBack(nowMicros);
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
            if (nowMicros >= _greeting.AskAtMicros && (State == LinkState.Connecting || _flow.Job is not null))
            {
                _greeting.Ask(nowMicros);
            }
        }
        else if (State == LinkState.Idle)
        {
            if (!_control.IsOpen && nowMicros >= _talk.Lease.ArmAtMicros)
            {
                _talk.Lease.Arm(nowMicros);
            }
        }
        else if (!_talk.IsPlanned)
        {
            if (!_control.IsOpen)
            {
                SendPlan(nowMicros);
            }
        }
        else
        {
            ServeJob(nowMicros);
            if (!_control.IsOpen && nowMicros >= _talk.Lease.RenewAtMicros)
            {
                _talk.Lease.Renew(nowMicros);
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
            LinkState.Connecting => _greeting.AskAtMicros,
            LinkState.Fault => _flow.Job is null ? long.MaxValue : _greeting.AskAtMicros,
            LinkState.Idle => _control.IsOpen ? long.MaxValue : _talk.Lease.ArmAtMicros,
            _ => Math.Min(_control.IsOpen ? long.MaxValue : _talk.Lease.RenewAtMicros, _flow.NextDue()),
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

        if (_talk.Parameters.Ensure(job.Stimulus!.ActuatorVolts, nowMicros))
        {
            _flow.Fill(_talk.Parameters.Set!, nowMicros);
        }

        _flow.SendDue(nowMicros, _patience.IsSilent(nowMicros));
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
            _talk.Fail(tooLong);
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
            _greeting.Take(frame, nowMicros);
            return RefusalReason.Accepted;
        }

        if (State == LinkState.Connecting || FrameHeader.BootId(frame) != _facts.BootId)
        {
            // Another boot speaks: the device may have restarted. Ask, and believe only its hello.
            if (nowMicros >= _greeting.AskAtMicros)
            {
                _greeting.Ask(nowMicros);
            }

            return RefusalReason.WrongBoot;
        }

        _patience.Heard(nowMicros);
        switch (kind)
        {
            case FrameKind.Measurement:
                return _answers.TakeMeasurement(frame, nowMicros);
            case FrameKind.Reply:
                return _answers.TakeReply(frame, nowMicros);
            case FrameKind.Fault:
                _answers.TakeFault(FaultReport.Read(frame));
                return RefusalReason.Accepted;
            default:
                return RefusalReason.Accepted;
        }
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
            _talk.Fail(impossible);
            _isClosing = true;
            return;
        }

        _facts.Drive ??= PlanBuilder.Scale(PlanBuilder.OfRole(_facts.Hello!, ChannelRole.Stimulus)[0]);
        _facts.Node ??= PlanBuilder.Scale(PlanBuilder.OfRole(_facts.Hello!, ChannelRole.Measurement)[0]);
        _facts.Plan.Write(_control.Frame);
        _control.Open(FrameKind.Plan, CommandCode.None, _control.NextSequence(), RunPlan.PayloadBytes, nowMicros);
        _control.Send(nowMicros);
    }
}
