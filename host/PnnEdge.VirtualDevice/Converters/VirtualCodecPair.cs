using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Wire;

namespace PnnEdge.VirtualDevice.Converters;

/// <summary>
/// The port of the firmware's <see cref="Firmware.Core.Converters.StreamConverters"/>: two streams that never pause. What is played runs through the bench and
/// is heard later; what nobody reads in time waits in memory, and where nothing was played zeros are heard.
/// </summary>
/// <param name="answer">From frames played, [frame, channel], V, to frames heard.</param>
internal sealed class VirtualCodecPair(uint rateMilliHertz, VoltScale outputs, VoltScale inputs, Func<float[], float[]> answer, CodecClock clock) : ICodecPair
{
    private const int FrameBytes = 2 * VirtualCodecs.Channels;

    private byte[] _heard = [];
    private int _readTo;

    public uint SetRate(uint milliHertz) => rateMilliHertz;

    public void Play(byte[] frames, int at, int count)
    {
        float[] volts = new float[count / 2];
        outputs.DecodeWords(frames, at, volts.Length, volts, 0);
        float[] heard = answer(volts);
        _heard = new byte[2 * heard.Length];
        _readTo = 0;
        inputs.EncodeWordsAtRails(heard, 0, heard.Length, _heard, 0);
    }

    public void Sample(byte[] frames, int at, int count)
    {
        int waiting = Math.Min(count, _heard.Length - _readTo);
        Array.Copy(_heard, _readTo, frames, at, waiting);
        _readTo += waiting;
        Array.Clear(frames, at + waiting, count - waiting);
        clock.Advance((count - waiting) / FrameBytes * 1_000_000_000L / rateMilliHertz);
    }
}
