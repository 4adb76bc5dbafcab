using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Wire.Tests.Device;

internal sealed class ManualClock : IDeviceClock
{
    internal long NowMillis { get; set; }

    public long Millis() => NowMillis;

    public long Micros() => NowMillis * 1000;
}

internal sealed class FakeHealth : IBoardHealth
{
    internal bool InterlockClosed { get; set; } = true;

    internal int MilliCelsius { get; set; } = 25000;

    internal uint NativeBytes { get; set; }

    public bool IsInterlockClosed() => InterlockClosed;

    public int TemperatureMilliCelsius() => MilliCelsius;

    public uint FreeMemoryBytes() => 65536;

    public uint FreeNativeMemoryBytes() => NativeBytes;
}

/// <summary>Records survive a new device on the same storage; writing can be made to fail.</summary>
internal sealed class MemoryStorage : IStorage
{
    internal Dictionary<string, byte[]> Records { get; } = [];

    internal bool WritesFail { get; set; }

    /// <summary>Called after every successful write.</summary>
    internal Action? Written { get; set; }

    public int Read(string name, byte[] into)
    {
        if (!Records.TryGetValue(name, out byte[]? record))
        {
            return -1;
        }

        record.AsSpan(0, Math.Min(record.Length, into.Length)).CopyTo(into);
        return record.Length;
    }

    public bool Write(string name, byte[] data, int count)
    {
        if (WritesFail)
        {
            return false;
        }

        Records[name] = data[..count];
        Written?.Invoke();
        return true;
    }
}

/// <summary>What reached the outputs, in order; the measurement echoes the stimulus.</summary>
internal sealed class RecordingConverters : IConverters
{
    /// <summary>Everything but the enable pulses.</summary>
    internal List<string> Calls { get; } = [];

    internal List<(ulong FirstShot, int[] Codes)> Played { get; } = [];

    internal bool OutputsAreSafe { get; private set; }

    internal int Flags { get; set; }

    internal FaultCode SafeFault { get; set; }

    internal FaultCode SetFault { get; set; }

    internal int SetFailsAt { get; set; }

    internal FaultCode PlayFault { get; set; }

    internal Exception? PlayThrows { get; set; }

    internal Action? WhenPlayed { get; set; }

    public FaultCode MakeSafe()
    {
        Calls.Add("safe");
        OutputsAreSafe = true;
        return SafeFault;
    }

    public void PulseEnable()
    {
    }

    public uint SetSampleRate(uint milliHertz) => milliHertz;

    public FaultCode SetActuators(float[] volts, out int failed)
    {
        for (int i = 0; i < volts.Length; i++)
        {
            Calls.Add(FormattableString.Invariant($"set {i} to {volts[i]} V"));
        }

        OutputsAreSafe = false;
        failed = SetFailsAt;
        return SetFault;
    }

    public int Play(RunPlan plan, ulong firstShot, int shots, byte[] stimulus, int stimulusAt, byte[] measurement, int measurementAt)
    {
        int[] codes = new int[shots * plan.StimulusWords];
        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = Frames.Bytes.GetUInt16(stimulus, stimulusAt + (2 * i));
        }

        Calls.Add($"play {shots} shots from {firstShot}");
        Played.Add((firstShot, codes));
        WhenPlayed?.Invoke();
        OutputsAreSafe = false;
        if (PlayThrows is not null)
        {
            throw PlayThrows;
        }

        for (int i = 0; i < shots * plan.MeasurementWords; i++)
        {
            Frames.Bytes.PutUInt16(measurement, measurementAt + (2 * i), codes[i % codes.Length]);
        }

        return PlayFault == FaultCode.None ? Flags : -(int)PlayFault;
    }
}

/// <summary>A link that is a queue each way.</summary>
internal sealed class QueueLink : IMessageLink
{
    internal bool Connected { get; set; } = true;

    internal Queue<(byte[] Frame, bool Retained)> Inbox { get; } = new();

    internal List<byte[]> Sent { get; } = [];

    internal List<(string Leaf, string Text)> Published { get; } = [];

    internal uint Dropped { get; set; }

    public bool IsConnected() => Connected;

    public bool Receive(InboundFrame frame, int waitMillis)
    {
        if (!Inbox.TryDequeue(out (byte[] Frame, bool Retained) next))
        {
            return false;
        }

        frame.Buffer = next.Frame;
        frame.Length = next.Frame.Length;
        frame.Retained = next.Retained;
        return true;
    }

    public uint DroppedFrames() => Dropped;

    public bool Send(byte[] buffer, int offset, int count)
    {
        if (Connected)
        {
            Sent.Add(buffer[offset..(offset + count)]);
        }

        return Connected;
    }

    public bool Publish(string leaf, string text)
    {
        if (Connected)
        {
            Published.Add((leaf, text));
        }

        return Connected;
    }
}

/// <summary>Something to look at, or nothing.</summary>
internal sealed class FakeInput : ILocalInput
{
    internal float[]? Sees { get; set; }

    internal int MostFeatures { get; set; } = int.MaxValue;

    public bool Fits(int features) => features <= MostFeatures;

    public bool Read(float[] features)
    {
        Sees?.CopyTo(features, 0);
        return Sees is not null;
    }
}
