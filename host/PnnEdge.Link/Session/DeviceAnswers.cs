using PnnEdge.Training.Systems;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Link.Session;

/// <summary>What a device's measurements, replies and faults mean for the conversation: go on, repeat, forget, or give up.</summary>
internal sealed class DeviceAnswers(Conversation talk, Greeting greeting)
{
    private readonly SessionFacts _facts = talk.Facts;
    private readonly ControlExchange _control = talk.Control;
    private readonly StimulusFlow _flow = talk.Flow;

    /// <summary>What the device refused of ours, by reason.</summary>
    public RefusalCount Refused { get; } = new();

    public RefusalReason TakeMeasurement(byte[] frame, long nowMicros)
    {
        if (talk.State != LinkState.Armed)
        {
            return RefusalReason.WrongState;
        }

        RefusalReason verdict = _flow.Take(frame, nowMicros);
        if (verdict == RefusalReason.Accepted)
        {
            // A block that was played, well or not, extended the lease by its length.
            talk.Lease.Extended(nowMicros);
            if (StimulusFlow.RanDry(frame))
            {
                talk.Patience.BenchRanDry();
            }
            else
            {
                talk.Patience.Progressed(nowMicros);
            }
        }

        return verdict;
    }

    public void TakeFault(FaultReport fault)
    {
        talk.ForgetLease(_facts.Epoch);
        talk.Move(LinkEvent.FaultRaised);
        talk.Fail(Sentences.Fault(_facts.Device, fault));
    }

    public RefusalReason TakeReply(byte[] frame, long nowMicros)
    {
        if (ReplyFrame.Reason(frame) != RefusalReason.Accepted)
        {
            Refused.Add(ReplyFrame.Reason(frame));
        }

        if (_control.IsAnsweredBy(frame))
        {
            return TakeControlReply(frame, nowMicros);
        }

        if (ReplyFrame.AnsweredKind(frame) != FrameKind.Stimulus)
        {
            return RefusalReason.StaleSequence;
        }

        talk.Counters.AddRefused();
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
                talk.IsPlanned = true;
                talk.RateMilliHertz = ReplyFrame.ValueSet(frame);
                _flow.Cut();
                break;
            case FrameKind.Parameters:
                talk.Parameters.Accepted();
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
                talk.StartEpoch(FrameHeader.Epoch(frame));
                talk.Lease.Granted(ReplyFrame.ValueSet(frame), nowMicros);
                talk.Move(LinkEvent.LeaseGranted);
                talk.Patience.LeaseIsHeld(0);
                break;
            case CommandCode.Renew:
                talk.Lease.Granted(ReplyFrame.ValueSet(frame), nowMicros);
                break;
            default:
                talk.ForgetLease(_facts.Epoch);
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
                greeting.AskAnew(nowMicros);
                break;
            case RefusalReason.LeaseHeld when isArm:
                _control.Close();
                talk.Patience.LeaseIsHeld(detail);
                talk.Lease.HeldByAnother(detail, nowMicros);
                break;
            case RefusalReason.WrongState when isArm:
                _control.Close();
                talk.Lease.NotReady(nowMicros);
                break;
            case RefusalReason.WrongEpoch:
                talk.ForgetLease(detail);
                break;
            case RefusalReason.NotArmed or RefusalReason.WrongState or RefusalReason.LeaseHeld:
                talk.ForgetLease(_facts.Epoch);
                break;
            case RefusalReason.StaleSequence:
                // A repeat that came too late, or another count than ours: go on above the device's.
                _control.GoAbove(detail);
                _control.Close();
                talk.Parameters.FrameWasLost();
                break;
            case RefusalReason.Faulted:
                greeting.AskForFault(nowMicros);
                break;
            case RefusalReason.WrongParameterHash when talk.Parameters.WasSpoilt():
                _control.Close();
                break;
            default:
                _control.Close();
                TakeFinalRefusal(frame, reason, detail);
                break;
        }
    }

    private void TakeFinalRefusal(byte[] frame, RefusalReason reason, uint detail)
    {
        switch (_control.Kind)
        {
            case FrameKind.Parameters:
                if (talk.Parameters.TakeRefused() is { } refused)
                {
                    talk.Fail(Sentences.ParametersRefused(_facts, frame, refused.Volts));
                }

                break;
            case FrameKind.Plan:
                talk.Fail(Sentences.PlanRefused(_facts, frame));
                break;
            default:
                talk.Fail(new PhysicalSystemException($"Device {_facts.Device} refused the command {_control.Command}: {reason} (detail {detail})."));
                break;
        }
    }

    private void TakeStimulusRefusal(byte[] frame, FlightSlot slot, long nowMicros)
    {
        RefusalReason reason = ReplyFrame.Reason(frame);
        uint detail = ReplyFrame.Detail(frame);
        talk.Patience.RefusedFor(reason);
        switch (reason)
        {
            case RefusalReason.StaleSequence or RefusalReason.FrameIdReused:
                _flow.Requeue(slot);
                break;
            case RefusalReason.UnknownParameters or RefusalReason.WrongParameterHash:
                talk.Parameters.MissedBy(slot.Sequence, nowMicros);
                _flow.Requeue(slot);
                break;
            case RefusalReason.NoPlan or RefusalReason.WrongRun:
                talk.IsPlanned = false;
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
                    talk.ForgetLease(detail);
                }

                break;
            case RefusalReason.NotArmed or RefusalReason.WrongState:
                talk.ForgetLease(_facts.Epoch);
                break;
            case RefusalReason.WrongBoot:
                greeting.AskAnew(nowMicros);
                break;
            case RefusalReason.Faulted:
                greeting.AskForFault(nowMicros);
                break;
            default:
                talk.Fail(Sentences.StimulusRefused(_facts, frame, slot.Frame, _flow.Job!.FirstShotOf(slot.Block), _flow.Job.Stimulus!.ActuatorVolts));
                break;
        }
    }

    private void CorrectClock(byte[] frame, long sentMicros, long nowMicros)
    {
        _facts.Clock.Forget();
        _facts.Clock.Take(sentMicros, nowMicros, FrameHeader.DeviceMillis(frame));
    }
}
