using System.Numerics;
using PnnEdge.Optics.Rigs;
using PnnEdge.Optics.Shaping;

namespace PnnEdge.Optics.Systems;

/// <summary>From stimulus volts to frames, and what the frames' grey levels give of them. 1 V is amplitude 1.</summary>
public sealed class StimulusFrames(OpticalRig rig)
{
    private readonly FrameEncoder _encoder = rig.Encoder();

    /// <summary>Twice the furthest that an applied volt may be from the one asked.</summary>
    public double StepVolts => _encoder.AmplitudeStep;

    /// <param name="volts">[frame, channel], V.</param> <param name="applied">[frame, channel], V; overwritten.</param>
    /// <returns>[frame, row, column], grey level.</returns>
    public byte[] Encode(ReadOnlySpan<float> volts, Span<float> applied)
    {
        int channels = _encoder.Channels, count = volts.Length / channels;
        byte[] frames = new byte[count * _encoder.FrameBytes];
        var field = new Complex[channels];
        for (int i = 0; i < count; i++)
        {
            Span<byte> frame = frames.AsSpan(i * _encoder.FrameBytes, _encoder.FrameBytes);
            _encoder.EncodeReal(volts.Slice(i * channels, channels), frame);
            _encoder.Decode(frame, field);
            for (int channel = 0; channel < channels; channel++) { applied[(i * channels) + channel] = (float)field[channel].Real; }
        }

        return frames;
    }
}
