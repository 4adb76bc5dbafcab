using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Tests.Vectors;

namespace PnnEdge.Wire.Tests.Clauses;

/// <summary>The golden frames, whole or spoilt, and what opening one says.</summary>
internal static class ChangedFrames
{
    internal static readonly HostCrc32 Crc = new();

    internal static byte[] Golden(string name) => GoldenVector.Read(name).Bytes;

    internal static RefusalReason Open(byte[] frame, int? length = null, int max = 4096) =>
        FrameCheck.Open(frame, length ?? frame.Length, max, Crc);

    /// <summary>The golden frame with some bytes changed and its CRC made right again.</summary>
    internal static byte[] Changed(string name, int at, params byte[] to)
    {
        byte[] frame = Golden(name);
        to.CopyTo(frame, at);
        FrameHeader.Seal(frame, frame.Length - FrameHeader.Bytes, Crc);
        return frame;
    }
}
