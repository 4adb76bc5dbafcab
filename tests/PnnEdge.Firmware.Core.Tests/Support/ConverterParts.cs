using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Tests.Support;

/// <summary>A clock that moves by itself whenever it is read, so that waiting ends.</summary>
public sealed class TickingClock(long stepMicros) : IDeviceClock
{
    private long _micros = 1_000_000;

    public Action<long>? Reading { get; set; }

    public long Millis() => Micros() / 1000;

    public long Micros()
    {
        Reading?.Invoke(_micros);
        return _micros += stepMicros;
    }

    public void Advance(long micros) => _micros += micros;
}

public sealed class RecordingOutput : IWordOutput
{
    public List<int> Codes { get; } = [];

    public Action<int>? Writing { get; set; }

    public bool Broken { get; set; }

    public bool Write(int code)
    {
        Writing?.Invoke(code);
        if (!Broken)
        {
            Codes.Add(code);
        }

        return !Broken;
    }
}

public sealed class FollowingInput(Func<int> read) : IWordInput
{
    public int Read() => read();
}

public sealed class RecordingEnable : IEnableLine
{
    public int Edges { get; private set; }

    public bool Released { get; private set; }

    public void Toggle() => (Edges, Released) = (Edges + 1, false);

    public void Release() => Released = true;
}

/// <summary>
/// Codecs on a ticking clock: the input hears the output a few frames later, through a memory that keeps what nobody read.
/// Words go through it as they are.
/// </summary>
public sealed class LoopedCodecs(TickingClock clock, int lagFrames, int staleBytes) : ICodecPair
{
    private readonly Queue<byte> _heard = new(Enumerable.Repeat((byte)0x55, staleBytes));

    public uint RateMilliHertz { get; private set; }

    public List<int> Played { get; } = [];

    /// <summary>Time that handing over takes, µs.</summary>
    public long PlayMicros { get; set; }

    public uint SetRate(uint milliHertz) => RateMilliHertz = milliHertz;

    public void Play(byte[] frames, int at, int count)
    {
        Played.Add(count);
        clock.Advance(PlayMicros);
        for (int i = 0; i < 4 * lagFrames; i++)
        {
            _heard.Enqueue(0);
        }

        for (int i = 0; i < count; i++)
        {
            _heard.Enqueue(frames[at + i]);
        }
    }

    public void Sample(byte[] frames, int at, int count)
    {
        int waited = 0;
        for (int i = 0; i < count; i++)
        {
            waited += _heard.Count == 0 ? 1 : 0;
            frames[at + i] = _heard.TryDequeue(out byte heard) ? heard : (byte)0;
        }

        clock.Advance(waited / 4 * 1_000_000_000L / RateMilliHertz);
    }
}

public static class ConverterPlans
{
    public static RunPlan Plan(int channels, int stimulusSamples, int restSamples, int measureFrom, int measureSamples) => new()
    {
        SampleRateMilliHertz = 250_000,
        StimulusChannels = channels,
        MeasurementChannels = channels,
        StimulusWords = channels * stimulusSamples,
        RestSamples = restSamples,
        MeasurementStartSample = measureFrom,
        MeasurementWords = channels * measureSamples,
        ShotsPerBlock = 8,
    };

    public static ChannelRecord Channel(string name, ChannelRole role, int bits, float volts, uint rateMilliHertz) => new(
        name, role, bits, LimitGuard.PerWord, OnInvalid.SafeValue, -volts, volts, -volts, volts / 2, 2 * volts, 0f, rateMilliHertz);
}
