using PnnEdge.Wire;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Link.Session;

/// <summary>Where a session's conversation stands; its parts share it. What must be forgotten together is forgotten here.</summary>
internal sealed class Conversation
{
    /// <summary>Whatever a hello claims: memory for the window is set aside at once.</summary>
    private const int MostInFlight = 256;

    public Conversation(SessionFacts facts, SendFrame send, ICrc32 crc)
    {
        Facts = facts;
        Control = new ControlExchange(facts, send, crc);
        Flow = new StimulusFlow(facts, send, crc, Counters);
        Patience = new Patience(facts);
        Lease = new LeaseKeeper(facts, Control);
        Parameters = new ParameterTurn(Control, Flow, crc);
    }

    public SessionFacts Facts { get; }

    public SessionCounters Counters { get; } = new();

    public ControlExchange Control { get; }

    public StimulusFlow Flow { get; }

    public Patience Patience { get; }

    public LeaseKeeper Lease { get; }

    public ParameterTurn Parameters { get; }

    public LinkState State { get; private set; } = LinkState.Offline;

    /// <summary>Nothing is begun any more; what is owed to the device is still sent.</summary>
    public bool IsClosing { get; set; }

    /// <summary>The device has taken the plan in this epoch.</summary>
    public bool IsPlanned { get; set; }

    /// <summary>As the device said it plays; 0 before the first plan.</summary>
    public uint RateMilliHertz { get; set; }

    /// <summary>Every move of a session is one the table lists; another one is its error.</summary>
    public void Move(LinkEvent happened)
    {
        LinkState next = LinkStateTable.Next(State, happened);
        State = next != LinkState.Unlisted ? next : throw new InvalidOperationException($"A link that is {State} cannot take {happened}.");
    }

    /// <summary>Of the job, if there is one.</summary>
    public void Fail(Exception reason)
    {
        if (Flow.Job is { } job)
        {
            Flow.End();
            job.Fail(reason);
        }
    }

    public void ForgetLease(uint epoch)
    {
        if (State == LinkState.Armed)
        {
            Move(LinkEvent.LeaseLapsed);
            Move(LinkEvent.SafeConfirmed);
        }

        StartEpoch(epoch);
        Lease.Forget();
        Control.Close();
    }

    public void StartEpoch(uint epoch)
    {
        Facts.Epoch = epoch;
        IsPlanned = false;
        Control.RestartSequence();
        Parameters.StartEpoch(Facts.Hello!.ParameterSets);
        Flow.StartEpoch(Math.Min(Facts.Hello.Window, MostInFlight));
    }
}
