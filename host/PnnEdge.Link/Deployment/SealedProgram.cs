using PnnEdge.Wire.Host;
using PnnEdge.Wire.Programs;

namespace PnnEdge.Link.Deployment;

/// <summary>A program that one device will take for its own.</summary>
public sealed class SealedProgram
{
    private SealedProgram(byte[] bytes, ProgramLayout layout) => (Bytes, Layout) = (bytes, layout);

    public byte[] Bytes { get; }

    public ProgramLayout Layout { get; }

    /// <summary>By which every answer names it.</summary>
    public uint Version => Wire.Frames.Bytes.GetUInt32(Bytes, ProgramHeader.ProgramVersionAt);

    internal uint Crc => Wire.Frames.Bytes.GetUInt32(Bytes, Bytes.Length - 4);

    /// <param name="program">As compiled.</param> <param name="key">The device's, 32 bytes.</param>
    /// <exception cref="ArgumentException">The key has another length, or the bytes are no program.</exception>
    public static SealedProgram Seal(byte[] program, byte[] key)
    {
        if (key.Length != ProgramSeal.KeyBytes) { throw new ArgumentException($"A key has {ProgramSeal.KeyBytes} bytes, this one {key.Length}.", nameof(key)); }
        byte[] bytes = [.. program, .. new byte[ProgramSeal.Bytes]], tag = new byte[ProgramSeal.TagBytes];
        new HostMac().Compute(key, bytes, program.Length, tag);
        tag.CopyTo(bytes, program.Length + ProgramSeal.TagAt);
        int crc = program.Length + ProgramSeal.CrcAt;
        Wire.Frames.Bytes.PutUInt32(bytes, crc, new HostCrc32().Compute(bytes, 0, crc));
        ProgramLayout layout = new();
        return layout.Read(bytes, bytes.Length) is var flaw and not Wire.Messages.ProgramFlaw.None
            ? throw new ArgumentException($"The bytes are no program: {flaw}.", nameof(program))
            : new SealedProgram(bytes, layout);
    }
}
