using PnnEdge.Training.Systems;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Link.Session;

/// <summary>
/// A host's conversation with one device, without threads, sockets or clocks: frames and the time go in, frames go out. What
/// is known of the device is kept; a refusal (<see cref="DeviceAnswers"/>) makes the session forget what was wrong, and
/// <see cref="SessionDuties"/> restore whatever is missing.
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
    private readonly PlanTurn _plan;
    private readonly DeviceAnswers _answers;
    private readonly SessionDuties _duties;

    public DeviceSession(SessionFacts facts, SendFrame send, ICrc32 crc)
    {
        (_facts, _crc) = (facts, crc);
        _talk = new Conversation(facts, send, crc);
        (_control, _flow, _patience) = (_talk.Control, _talk.Flow, _talk.Patience);
        _greeting = new Greeting(_talk, send, crc);
        _plan = new PlanTurn(_talk);
        _answers = new DeviceAnswers(_talk, _greeting);
        _duties = new SessionDuties(_talk, _greeting, _plan);
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

    public bool IsClosing => _talk.IsClosing;

    /// <summary>True once the closing session owes the device nothing.</summary>
    public bool IsClosed => IsClosing && !_control.IsOpen;

    /// <summary>As the device plays it; known once it has taken the plan.</summary>
    public SystemDescription? Description => _facts is { Hello: { } hello, Plan: { } plan } && _talk.RateMilliHertz != 0
        ? PlanBuilder.Describe(hello, plan, _talk.RateMilliHertz, _facts.Shape.Shot)
        : null;

    /// <summary>One job at a time.</summary>
    public void Begin(BatchJob job, long nowMicros)
    {
        if ((_plan.Impossible ?? _greeting.Stranger) is { } hopeless)
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
        _talk.IsClosing = true;
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

    /// <inheritdoc cref="SessionDuties.Serve"/>
    public void Serve(long nowMicros) => _duties.Serve(nowMicros);

    /// <inheritdoc cref="SessionDuties.NextDueMicros"/>
    public long NextDueMicros() => _duties.NextDueMicros();

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
}
