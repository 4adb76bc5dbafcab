using System.Buffers.Binary;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Programs;

namespace PnnEdge.Wire.Tests.Vectors;

/// <summary>The program of the golden frame <c>program.hex</c>, and what a test makes of it: changed in one place and sealed again.</summary>
internal static class GoldenProgram
{
    /// <summary>Bytes 0 to 31.</summary>
    internal static readonly byte[] Key = [.. Enumerable.Range(0, ProgramSeal.KeyBytes).Select(i => (byte)i)];

    internal static readonly byte[] Bytes = GoldenVector.Read("program").Bytes[ProgramChunk.ContentAt..];

    /// <summary>What <c>infer-request.hex</c> asks.</summary>
    internal static readonly float[] Features = [0.5f, -1f];

    internal static byte[] With(Action<byte[]> change, byte[]? key = null)
    {
        byte[] program = [.. Bytes];
        change(program);
        return Sealed(program, key);
    }

    internal static byte[] WithWord(int at, int value) => With(program => BinaryPrimitives.WriteUInt16LittleEndian(program.AsSpan(at), (ushort)value));

    internal static byte[] WithFloat(int at, float value) => With(program => BinaryPrimitives.WriteSingleLittleEndian(program.AsSpan(at), value));

    /// <summary>One more byte before the seal, where nothing belongs.</summary>
    internal static byte[] Longer() => Sealed([.. Bytes, 0], null);

    private static byte[] Sealed(byte[] program, byte[]? key)
    {
        int seal = program.Length - ProgramSeal.Bytes;
        BinaryPrimitives.WriteUInt32LittleEndian(program.AsSpan(ProgramHeader.LengthAt), (uint)program.Length);
        byte[] tag = new byte[ProgramSeal.TagBytes];
        new HostMac().Compute(key ?? Key, program, seal, tag);
        tag.CopyTo(program, seal);
        Frames.Bytes.PutUInt32(program, seal + ProgramSeal.CrcAt, ReferenceCrc32.Of(program.AsSpan(0, seal + ProgramSeal.CrcAt)));
        return program;
    }
}
