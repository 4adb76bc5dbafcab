using System.Text;
using PnnEdge.Wire;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Programs;

namespace PnnEdge.Link.Deployment;

/// <summary>A device's firmware as one sealed block: for boards of one name, under one device's key.</summary>
public sealed class FirmwarePackage
{
    private FirmwarePackage(byte[] bytes, FirmwareLayout layout) =>
        (Bytes, Board, Version, Assemblies, ProtocolNumber, ProtocolHash) = (bytes, layout.Board, layout.Version, layout.Assemblies, layout.ProtocolNumber, layout.ProtocolHash);

    public byte[] Bytes { get; }

    public string Board { get; }

    public string Version { get; }

    public int Assemblies { get; }

    public int ProtocolNumber { get; }

    /// <summary>Edition of the wire that the firmware speaks.</summary>
    public uint ProtocolHash { get; }

    /// <param name="assemblies">[assembly] in load order, as the device's loader takes them.</param> <param name="key">The device's, 32 bytes.</param>
    /// <exception cref="ArgumentException">A name, the number of assemblies or the key is out of its range; one sentence.</exception>
    public static FirmwarePackage Seal(string board, string version, IReadOnlyList<byte[]> assemblies, byte[] key)
    {
        byte[] boardBytes = Name("board's name", board), versionBytes = Name("version", version);
        if (assemblies.Count is < 1 or > FirmwareHeader.MaxAssemblies || assemblies.Any(a => a.Length == 0))
        {
            throw new ArgumentException($"A package holds 1 to {FirmwareHeader.MaxAssemblies} assemblies, none of them empty; there are {assemblies.Count}.");
        }

        var bytes = new ProgramBytes();
        bytes.Raw(new byte[FirmwareHeader.FixedBytes]);
        bytes.Raw(boardBytes);
        bytes.Raw(versionBytes);
        foreach (byte[] assembly in assemblies) { bytes.Whole((uint)assembly.Length); }
        foreach (byte[] assembly in assemblies) { bytes.Raw(assembly); }
        bytes.Put(FirmwareHeader.MagicAt, FirmwareHeader.Magic);
        bytes.PutWord(FirmwareHeader.FormatAt, FirmwareHeader.Format);
        bytes.PutWord(FirmwareHeader.ProtocolNumberAt, Protocol.Version);
        bytes.Put(FirmwareHeader.LengthAt, (uint)(bytes.Length + ProgramSeal.Bytes));
        bytes.Put(FirmwareHeader.ProtocolHashAt, Protocol.Hash);
        bytes.PutWord(FirmwareHeader.AssembliesAt, assemblies.Count);
        bytes.PutWord(FirmwareHeader.BoardLengthAt, boardBytes.Length | (versionBytes.Length << 8));
        return Read(HostSeal.Of(bytes.ToArray(), key));
    }

    /// <exception cref="ArgumentException">The bytes are no whole package; the end of a sentence.</exception>
    public static FirmwarePackage Read(byte[] bytes)
    {
        int crc = bytes.Length - 4;
        FirmwareLayout layout = new();
        ProgramFlaw flaw = layout.Read(bytes, bytes.Length);
        if (flaw != ProgramFlaw.None)
        {
            throw new ArgumentException(flaw == ProgramFlaw.Format
                ? $"it is a firmware package of another format than {FirmwareHeader.Format}."
                : "it is no firmware package, or only a part of one.");
        }

        return Wire.Frames.Bytes.GetUInt32(bytes, crc) == new HostCrc32().Compute(bytes, 0, crc)
            ? new FirmwarePackage(bytes, layout)
            : throw new ArgumentException("it is damaged, for its CRC is not that of its bytes.");
    }

    private static byte[] Name(string what, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return bytes.Length is > 0 and <= FirmwareHeader.MaxTextBytes
            ? bytes
            : throw new ArgumentException($"A {what} is 1 to {FirmwareHeader.MaxTextBytes} bytes of UTF-8; this one has {bytes.Length}.");
    }
}
