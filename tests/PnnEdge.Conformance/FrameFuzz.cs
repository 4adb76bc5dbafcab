using System.Buffers.Binary;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;

namespace PnnEdge.Conformance;

/// <summary>
/// A deterministic stream of hostile frames: random bytes, and mutations of valid frames. Half of all have their magic, version,
/// length and CRC made right again after mutation, so that the checks behind the CRC meet them too.
/// </summary>
/// <param name="validFrames">What mutation starts from; at least one, each at least a header long.</param>
/// <param name="longestBytes">No frame is longer.</param>
public sealed class FrameFuzz(int seed, IReadOnlyList<byte[]> validFrames, int longestBytes)
{
    private static readonly uint[] Awkward =
        [0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x7FC00000, 0x7F800000, 0xFF800000, 0x00000001];

    private readonly Random _random = new(seed);
    private readonly HostCrc32 _crc = new();

    /// <summary>True when the newest frame's magic, version, length and CRC were made right after mutation.</summary>
    public bool IsSealed { get; private set; }

    /// <summary>Writes the next frame at the start of <paramref name="buffer"/> (at least as long as the longest frame); returns its length, bytes.</summary>
    public int Next(byte[] buffer)
    {
        IsSealed = _random.Next(2) == 0;
        int length = _random.Next(5) == 0 ? WriteRandom(buffer) : WriteMutated(buffer);
        if (IsSealed)
        {
            length = Math.Max(length, FrameHeader.Bytes);
            Seal(buffer, length);
        }

        return length;
    }

    private int WriteRandom(byte[] buffer)
    {
        int length = _random.Next(4) == 0 ? _random.Next(FrameHeader.Bytes + 64) : _random.Next(longestBytes + 1);
        _random.NextBytes(buffer.AsSpan(0, Math.Max(length, FrameHeader.Bytes)));

        // One kind in 256 would leave the message checks idle.
        buffer[FrameHeader.KindAt] = (byte)_random.Next(16);
        return length;
    }

    private int WriteMutated(byte[] buffer)
    {
        byte[] original = validFrames[_random.Next(validFrames.Count)];
        int length = Math.Min(original.Length, longestBytes);
        original.AsSpan(0, length).CopyTo(buffer);
        for (int left = _random.Next(1, 9); left > 0; left--)
        {
            length = Mutate(buffer, length);
        }

        return length;
    }

    private int Mutate(byte[] buffer, int length)
    {
        int at = _random.Next(Math.Max(1, length));
        switch (_random.Next(8))
        {
            case 0:
                buffer[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1:
                buffer[at] = (byte)_random.Next(256);
                break;
            case 2 when length >= 4:
                BinaryPrimitives.WriteUInt32LittleEndian(buffer.AsSpan(Math.Min(at & ~3, length - 4)), Awkward[_random.Next(Awkward.Length)]);
                break;
            case 3 when length >= 2:
                BinaryPrimitives.WriteUInt16LittleEndian(buffer.AsSpan(Math.Min(at & ~1, length - 2)), (ushort)Awkward[_random.Next(Awkward.Length)]);
                break;
            case 4:
                return _random.Next(length + 1);
            case 5:
                int longer = Math.Min(longestBytes, length + _random.Next(1, 65));
                _random.NextBytes(buffer.AsSpan(length, longer - length));
                return longer;
            case 6 when length > FrameHeader.Bytes:
                buffer[FrameHeader.KindAt] = (byte)_random.Next(16);
                break;
            default:
                // One part of the frame over another, as a torn buffer would show.
                int count = _random.Next(1 + (length - at));
                int to = _random.Next(length - count + 1);
                buffer.AsSpan(at, count).CopyTo(buffer.AsSpan(to));
                break;
        }

        return length;
    }

    private void Seal(byte[] buffer, int length)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(buffer.AsSpan(FrameHeader.MagicAt), FrameHeader.Magic);
        buffer[FrameHeader.VersionAt] = Protocol.Version;
        FrameHeader.Seal(buffer, length - FrameHeader.Bytes, _crc);
    }
}
