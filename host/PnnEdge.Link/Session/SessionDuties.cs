using PnnEdge.Wire;

namespace PnnEdge.Link.Session;

/// <summary>
/// What a session owes its device, and by when. What is missing is restored in order: hello (<see cref="Greeting"/>), lease
/// (<see cref="LeaseKeeper"/>), plan (<see cref="PlanTurn"/>), parameters (<see cref="ParameterTurn"/>), blocks in flight
/// (<see cref="StimulusFlow"/>).
/// </summary>
internal sealed class SessionDuties(Conversation talk, Greeting greeting, PlanTurn plan)
{
    /// <summary>Does whatever is due.</summary>
    public void Serve(long nowMicros)
    {
        EndJobThatIsOver(nowMicros);
        if (talk.State == LinkState.Offline)
        {
            return;
        }

        if (talk.Control.IsOpen && nowMicros >= talk.Control.DueMicros)
        {
            talk.Control.Send(nowMicros);
        }

        if (talk.IsClosing)
        {
            return;
        }

        if (talk.State is LinkState.Connecting or LinkState.Fault)
        {
            if (nowMicros >= greeting.AskAtMicros && (talk.State == LinkState.Connecting || talk.Flow.Job is not null))
            {
                greeting.Ask(nowMicros);
            }
        }
        else if (talk.State == LinkState.Idle)
        {
            if (!talk.Control.IsOpen && nowMicros >= talk.Lease.ArmAtMicros)
            {
                talk.Lease.Arm(nowMicros);
            }
        }
        else if (!talk.IsPlanned)
        {
            if (!talk.Control.IsOpen)
            {
                plan.Send(nowMicros);
            }
        }
        else
        {
            ServeJob(nowMicros);
            if (!talk.Control.IsOpen && nowMicros >= talk.Lease.RenewAtMicros)
            {
                talk.Lease.Renew(nowMicros);
            }
        }
    }

    /// <summary>When <see cref="Serve"/> has something to do if nothing arrives before, µs.</summary>
    public long NextDueMicros()
    {
        long next = talk.Flow.Job is null ? long.MaxValue : talk.Patience.NextDueMicros();
        if (talk.State == LinkState.Offline)
        {
            return next;
        }

        next = Math.Min(next, talk.Control.IsOpen ? talk.Control.DueMicros : long.MaxValue);
        if (talk.IsClosing)
        {
            return next;
        }

        return Math.Min(next, talk.State switch
        {
            LinkState.Connecting => greeting.AskAtMicros,
            LinkState.Fault => talk.Flow.Job is null ? long.MaxValue : greeting.AskAtMicros,
            LinkState.Idle => talk.Control.IsOpen ? long.MaxValue : talk.Lease.ArmAtMicros,
            _ => Math.Min(talk.Control.IsOpen ? long.MaxValue : talk.Lease.RenewAtMicros, talk.Flow.NextDue()),
        });
    }

    private void ServeJob(long nowMicros)
    {
        if (talk.Flow.Job is not { } job)
        {
            return;
        }

        if (job.AllBlocksDone)
        {
            talk.Flow.End();
            job.Complete();
            return;
        }

        if (talk.Parameters.Ensure(job.Stimulus!.ActuatorVolts, nowMicros))
        {
            talk.Flow.Fill(talk.Parameters.Set!, nowMicros);
        }

        talk.Flow.SendDue(nowMicros, talk.Patience.IsSilent(nowMicros));
    }

    private void EndJobThatIsOver(long nowMicros)
    {
        if (talk.Flow.Job is not { } job)
        {
            return;
        }

        if (job.Cancellation.IsCancellationRequested)
        {
            talk.Flow.End();
            job.Cancel();
        }
        else if (talk.Patience.Watch(talk.State, nowMicros) is { } tooLong)
        {
            talk.Fail(tooLong);
        }
    }
}
