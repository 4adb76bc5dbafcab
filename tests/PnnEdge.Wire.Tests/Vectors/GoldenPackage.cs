using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Programs;

namespace PnnEdge.Wire.Tests.Vectors;

/// <summary>The firmware package of the golden frame <c>firmware.hex</c>, and what a test makes of it: changed and sealed again.</summary>
internal static class GoldenPackage
{
    internal static readonly byte[] Bytes = GoldenVector.Read("firmware").Bytes[ProgramChunk.ContentAt..];

    internal static byte[] With(Action<byte[]> change, byte[]? key = null)
    {
        byte[] package = [.. Bytes];
        change(package);
        return Sealed(package, key);
    }

    /// <summary>One more byte before the seal, and said so in the header: in no assembly.</summary>
    internal static byte[] Longer() => Sealed([.. Bytes[..^ProgramSeal.Bytes], 0, .. Bytes[^ProgramSeal.Bytes..]], null, lengthToo: true);

    private static byte[] Sealed(byte[] package, byte[]? key, bool lengthToo = false)
    {
        int seal = package.Length - ProgramSeal.Bytes;
        if (lengthToo) { Frames.Bytes.PutUInt32(package, FirmwareHeader.LengthAt, (uint)package.Length); }
        byte[] tag = new byte[ProgramSeal.TagBytes];
        new HostMac().Compute(key ?? GoldenProgram.Key, package, seal, tag);
        tag.CopyTo(package, seal);
        Frames.Bytes.PutUInt32(package, seal + ProgramSeal.CrcAt, ReferenceCrc32.Of(package.AsSpan(0, seal + ProgramSeal.CrcAt)));
        return package;
    }
}
