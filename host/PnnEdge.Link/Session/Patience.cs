using PnnEdge.Training.Systems;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;

namespace PnnEdge.Link.Session;

/// <summary>How long a job has waited, for what, and when that is too long.</summary>
internal sealed class Patience(SessionFacts facts)
{
    private long _progressAt;
    private long _noticeAt;
    private long _heardAt;
    private bool _transportSeen;
    private bool _helloSeen;
    private uint _leaseHeldMillis;
    private bool _ranDry;
    private RefusalReason _lastRefusal;

    public void Begin(long nowMicros)
    {
        Progressed(nowMicros);
        _lastRefusal = RefusalReason.Accepted;
    }

    public void TransportSeen() => _transportSeen = true;

    public void HelloSeen(long nowMicros)
    {
        if (!_helloSeen)
        {
            Progressed(nowMicros);
        }

        _helloSeen = true;
        Heard(nowMicros);
    }

    public void Heard(long nowMicros) => _heardAt = nowMicros;

    /// <summary>A block was measured. A lease or a plan is no progress: with delays beyond the lease they would come for ever.</summary>
    public void Progressed(long nowMicros)
    {
        _progressAt = nowMicros;
        _noticeAt = nowMicros + NoticeMicros;
        _leaseHeldMillis = 0;
        _ranDry = false;
    }

    /// <summary>By another host, for so long still; 0 once it is ours.</summary>
    public void LeaseIsHeld(uint leftMillis) => _leaseHeldMillis = leftMillis;

    /// <summary>A block came back that the bench had not been fed in time for: no progress, for the next one may do the same for ever.</summary>
    public void BenchRanDry() => _ranDry = true;

    public void RefusedFor(RefusalReason reason) => _lastRefusal = reason;

    /// <summary>Nothing at all was heard for so long that the device is probably not there.</summary>
    public bool IsSilent(long nowMicros) => nowMicros - _heardAt > NoticeMicros;

    public long NextDueMicros() => Math.Min(_noticeAt, _progressAt + LimitMicros);

    /// <summary>Null while there is patience left; tells those who wait.</summary>
    public PhysicalSystemException? Watch(LinkState state, long nowMicros)
    {
        long waited = nowMicros - _progressAt;
        if (waited >= LimitMicros)
        {
            return new PhysicalSystemException(TooLong(state, waited / 1_000_000));
        }

        if (nowMicros >= _noticeAt)
        {
            _noticeAt = nowMicros + NoticeMicros;
            facts.Options.Progress($"waiting for device {facts.Device}: {Obstacle(state)}");
        }

        return null;
    }

    private long NoticeMicros => 1000L * facts.Options.NoticeMillis;

    private long LimitMicros => 1000L * (_helloSeen ? facts.Options.GoneMillis : facts.Options.FirstHelloMillis);

    private string TooLong(LinkState state, long seconds) => state switch
    {
        LinkState.Offline when !_transportSeen => $"There is no broker at {facts.Peer()}.",
        LinkState.Offline => $"The broker went away and did not come back within {seconds} s: {facts.Peer()}.",
        LinkState.Connecting when !_helloSeen => $"Device {facts.Device} did not answer within {seconds} s at {facts.Peer()}; start it, or list those that are there.",
        _ => $"Device {facts.Device} made no progress for {seconds} s: {Obstacle(state)}.",
    };

    private string Obstacle(LinkState state) => state switch
    {
        LinkState.Offline => $"no connection to the broker at {facts.Peer()}",
        LinkState.Connecting => "it does not answer",
        LinkState.Fault => "it is in fault",
        _ when _leaseHeldMillis != 0 => $"another host holds its lease, for {_leaseHeldMillis} ms more unless renewed",
        _ when _ranDry => "the bench ran dry, so its blocks are played again",
        _ when _lastRefusal != RefusalReason.Accepted => $"it last refused a frame for {_lastRefusal}",
        _ => "it does not answer",
    };
}
