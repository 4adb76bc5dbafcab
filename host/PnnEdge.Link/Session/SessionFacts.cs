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

    /// <summary>How long an answer may take before its frame is sent again; longer after every attempt, µs.</summary>
    public long PatienceMicros(int attempts) => Math.Min(LongestPatienceMicros, FirstPatienceMicros << Math.Clamp(attempts - 1, 0, 3));

    /// <summary>Before the first answer nobody knows how long a block takes, so the first wait is a long one.</summary>
    private long FirstPatienceMicros => _slowestAnswerMicros > 0
        ? (1000L * options.ResponseMillis) + (2 * (long)_slowestAnswerMicros)
        : 4000L * options.ResponseMillis;

    public void SawAnswerAfter(long micros) =>
        _slowestAnswerMicros = Math.Max(Math.Min(micros, LongestSampleMicros), _slowestAnswerMicros * SampleDecay);

    /// <summary>The deadline on the device's clock, ms: later by the clock's error, so that a frame in time is never called late.</summary>
    public uint Deadline(long nowMicros, long patienceMicros) => Clock.DeviceMillisAt(
        nowMicros + Math.Min(patienceMicros + Clock.ErrorMicros(nowMicros) + 1000, 1000L * (Protocol.MaxDeadlineMillis - 5000)));
}
