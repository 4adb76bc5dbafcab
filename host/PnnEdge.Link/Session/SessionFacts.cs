using PnnEdge.Wire;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Link.Session;

/// <summary>What a session knows of its device now; everything here is forgotten or replaced when the device says otherwise.</summary>
internal sealed class SessionFacts(string device, uint holder, uint runId, RunShape shape, SessionOptions options, Func<string> peer)
{
    private const long LongestPatienceMicros = 30_000_000;
    private const long LongestSampleMicros = 5_000_000;
    private const double SampleDecay = 0.98;

    private double _slowestAnswerMicros;
    private bool _sawMeasurement;

    /// <summary>Site and name, for sentences.</summary>
    public string Device => device;

    /// <summary>Drawn once per session: a lease belongs to it.</summary>
    public uint Holder => holder;

    public uint RunId => runId;

    /// <summary>Where the broker is, and while it is not there why; for sentences.</summary>
    public string Peer() => peer();

    public RunShape Shape => shape;

    public SessionOptions Options => options;

    public ClockEstimate Clock { get; } = new();

    public BirthCertificate? Hello { get; set; }

    public uint BootId { get; set; }

    public uint Epoch { get; set; }

    public RunPlan? Plan { get; set; }

    public VoltScale? Drive { get; set; }

    public VoltScale? Node { get; set; }

    /// <summary>Of the lease that is held; 0 without one, µs.</summary>
    public long LeaseMicros { get; set; }

    /// <summary>
    /// How long a stimulus may wait for its measurement before it is sent again; longer after every attempt, µs. Before the
    /// first measurement nobody knows how long the physics takes, so the first wait is a long one.
    /// </summary>
    public long StimulusPatienceMicros(int attempts) =>
        Grown((_sawMeasurement ? 1000L : 4000L) * options.ResponseMillis, attempts);

    /// <summary>The same for asking for a lease: every further request could only meet the epoch that the first one raised, µs.</summary>
    public long ArmPatienceMicros(int attempts) => Grown(1000L * options.ResponseMillis, attempts);

    /// <summary>The same for what must come through while the lease lasts, µs.</summary>
    public long ControlPatienceMicros() =>
        Math.Min(LongestPatienceMicros, Math.Min(1000L * options.ResponseMillis, LeaseMicros / 4) + SlowestAnswerMicros);

    /// <summary>The slowest recent answer, forgotten little by little, µs; 0 before the first.</summary>
    public long SlowestAnswerMicros => (long)_slowestAnswerMicros;

    /// <summary>
    /// An answer came. Which attempt it answers is known of a first one only; of later ones the way back, which the device's clock
    /// tells, stands for half: else every lost frame would make the session more patient, and patience outlast the lease.
    /// </summary>
    public void SawAnswer(long firstSentMicros, int attempts, uint deviceMillis, long nowMicros)
    {
        long elapsed = nowMicros - firstSentMicros;
        long sample = attempts == 1 ? elapsed : Math.Min(elapsed, (2 * Clock.AgeMicros(deviceMillis, nowMicros)) + 1000);
        _slowestAnswerMicros = Math.Max(Math.Min(sample, LongestSampleMicros), _slowestAnswerMicros * SampleDecay);
    }

    public void SawMeasurement() => _sawMeasurement = true;

    /// <summary>The deadline on the device's clock, ms: later by the clock's error, so that a frame in time is never called late.</summary>
    public uint Deadline(long nowMicros, long patienceMicros) => Clock.DeviceMillisAt(
        nowMicros + Math.Min(patienceMicros + Clock.ErrorMicros(nowMicros) + 1000, 1000L * (Protocol.MaxDeadlineMillis - 5000)));

    private long Grown(long firstMicros, int attempts) =>
        Math.Min(LongestPatienceMicros, (firstMicros + SlowestAnswerMicros) << Math.Clamp(attempts - 1, 0, 3));
}
