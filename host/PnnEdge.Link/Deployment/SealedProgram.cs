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

    /// <param name="program">As compiled.</param> <param name="key">The device's, 32 bytes.</param>
    /// <exception cref="ArgumentException">The key has another length, or the bytes are no program.</exception>
    public static SealedProgram Seal(byte[] program, byte[] key)
    {
        byte[] bytes = HostSeal.Of(program, key);
        ProgramLayout layout = new();
        return layout.Read(bytes, bytes.Length) is var flaw and not Wire.Messages.ProgramFlaw.None
            ? throw new ArgumentException($"The bytes are no program: {flaw}.", nameof(program))
            : new SealedProgram(bytes, layout);
    }
}
