using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Firmware.Core.Tests.Support;

/// <summary>A clock that only the test moves; may be read by several threads.</summary>
public sealed class ManualClock : IDeviceClock
{
    private long _micros = 5_000_000;

    public Action? Hook { get; set; }

    public long Millis() => Micros() / 1000;

    public long Micros()
    {
        Hook?.Invoke();
        return Interlocked.Read(ref _micros);
    }

    public void Advance(int millis) => Interlocked.Add(ref _micros, 1000L * millis);
}

public sealed class TestHealth : IBoardHealth
{
    public Action<string>? Hook { get; set; }

    public bool InterlockClosed { get; set; } = true;

    public int MilliCelsius { get; set; } = 25_000;

    public bool IsInterlockClosed()
    {
        Hook?.Invoke(nameof(IsInterlockClosed));
        return InterlockClosed;
    }

    public int TemperatureMilliCelsius()
    {
        Hook?.Invoke(nameof(TemperatureMilliCelsius));
        return MilliCelsius;
    }

    public uint FreeMemoryBytes()
    {
        Hook?.Invoke(nameof(FreeMemoryBytes));
        return 65_536;
    }

    public uint FreeNativeMemoryBytes()
    {
        Hook?.Invoke(nameof(FreeNativeMemoryBytes));
        return 40_000;
    }
}

/// <summary>Outputs that remember what they were told. The measurement echoes the stimulus.</summary>
public sealed class RecordingConverters : IConverters
{
    private volatile bool _safe;

    /// <summary>Called first in every call, with its name: where a test throws, hangs or keeps order.</summary>
    public Action<string>? Hook { get; set; }

    /// <summary>Sees every block that reaches the converter: first shot, shots, plan, frame.</summary>
    public Action<ulong, int, RunPlan, byte[]>? Playing { get; set; }

    /// <summary>Sees every actuator value.</summary>
    public Action<int, float>? Setting { get; set; }

    public bool OutputsAreSafe => _safe;

    public int MadeSafe { get; private set; }

    public int Blocks { get; private set; }

    public int Pulses { get; private set; }

    public int ActuatorsSet { get; private set; }

    public FaultCode SafeReturns { get; set; }

    public FaultCode SetReturns { get; set; }

    public int PlayReturns { get; set; }

    /// <summary>The rate really set for a rate asked, mHz.</summary>
    public Func<uint, uint> Rate { get; set; } = asked => asked;

    public uint RateMilliHertz { get; private set; }

    public FaultCode MakeSafe()
    {
        Hook?.Invoke(nameof(MakeSafe));
        MadeSafe++;
        _safe = true;
        return SafeReturns;
    }

    public void PulseEnable()
    {
        Hook?.Invoke(nameof(PulseEnable));
        Pulses++;
    }

    public FaultCode SetActuators(float[] volts, out int failed)
    {
        Hook?.Invoke(nameof(SetActuators));
        _safe = false;
        for (failed = 0; failed < volts.Length; failed++)
        {
            ActuatorsSet++;
            Setting?.Invoke(failed, volts[failed]);
            if (SetReturns != FaultCode.None)
            {
                return SetReturns;
            }
        }

        failed = 0;
        return FaultCode.None;
    }

    public uint SetSampleRate(uint milliHertz)
    {
        Hook?.Invoke(nameof(SetSampleRate));
        RateMilliHertz = Rate(milliHertz);
        return RateMilliHertz;
    }

    public int Play(RunPlan plan, ulong firstShot, int shots, byte[] stimulus, int stimulusAt, byte[] measurement, int measurementAt)
    {
        _safe = false;
        Hook?.Invoke(nameof(Play));
        Blocks++;
        Playing?.Invoke(firstShot, shots, plan, stimulus);
        for (int i = 0; i < shots * plan.MeasurementWords; i++)
        {
            Bytes.PutUInt16(measurement, measurementAt + (2 * i), Bytes.GetUInt16(stimulus, stimulusAt + (2 * (i % (shots * plan.StimulusWords)))));
        }

        return PlayReturns;
    }
}

/// <summary>A link of two queues.</summary>
public sealed class ScriptedLink : IMessageLink
{
    private readonly byte[] _newest = new byte[8192];

    public Action<string>? Hook { get; set; }

    public Queue<byte[]> Inbox { get; } = new();

    public bool InboxIsRetained { get; set; }

    public bool Connected { get; set; } = true;

    /// <summary>The link is up but takes nothing.</summary>
    public bool Refuses { get; set; }

    /// <summary>False where a test counts allocations: then only the newest frame is kept.</summary>
    public bool Remembers { get; set; } = true;

    public List<byte[]> Sent { get; } = [];

    public int SentCount { get; private set; }

    public ReadOnlySpan<byte> Newest => _newest;

    public List<(string Leaf, string Text)> Published { get; } = [];

    public uint Dropped { get; set; }

    /// <summary>Waits that the loop asked for.</summary>
    public int Receives { get; private set; }

    public bool IsConnected()
    {
        Hook?.Invoke(nameof(IsConnected));
        return Connected;
    }

    public bool Receive(InboundFrame frame, int waitMillis)
    {
        Receives++;
        Hook?.Invoke(nameof(Receive));
        if (!Inbox.TryDequeue(out byte[]? next))
        {
            return false;
        }

        (frame.Buffer, frame.Length, frame.Retained) = (next, next.Length, InboxIsRetained);
        return true;
    }

    public uint DroppedFrames()
    {
        Hook?.Invoke(nameof(DroppedFrames));
        return Dropped;
    }

    public bool Send(byte[] buffer, int offset, int count)
    {
        Hook?.Invoke(nameof(Send));
        if (!Connected || Refuses)
        {
            return false;
        }

        SentCount++;
        Buffer.BlockCopy(buffer, offset, _newest, 0, count);
        if (Remembers)
        {
            Sent.Add(buffer[offset..(offset + count)]);
        }

        return true;
    }

    public bool Publish(string leaf, string text)
    {
        Hook?.Invoke(nameof(Publish));
        if (!Connected || Refuses)
        {
            return false;
        }

        Published.Add((leaf, text));
        return true;
    }
}

/// <summary>Always the same to look at.</summary>
public sealed class TestInput : ILocalInput
{
    public float[]? Sees { get; set; }

    public bool Fits(int features) => true;

    public bool Read(float[] features)
    {
        Sees?.CopyTo(features, 0);
        return Sees is not null;
    }
}
