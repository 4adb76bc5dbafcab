using System.Text;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Programs;

namespace PnnEdge.Firmware.Core.Tests.Support;

/// <summary>A sealed firmware package for the rig's board: two assemblies of a few bytes, which nothing here executes.</summary>
public static class SmallPackage
{
    public static byte[] Of(string version, string board = "rig", Action<byte[]>? change = null, byte[]? key = null)
    {
        byte[][] assemblies = [[1, 2, 3], Encoding.UTF8.GetBytes("code of " + version)];
        byte[] names = [.. Encoding.UTF8.GetBytes(board), .. Encoding.UTF8.GetBytes(version)];
        byte[] head = new byte[FirmwareHeader.FixedBytes];
        Bytes.PutUInt32(head, FirmwareHeader.MagicAt, FirmwareHeader.Magic);
        Bytes.PutUInt16(head, FirmwareHeader.FormatAt, FirmwareHeader.Format);
        Bytes.PutUInt16(head, FirmwareHeader.ProtocolNumberAt, Protocol.Version);
        Bytes.PutUInt32(head, FirmwareHeader.ProtocolHashAt, Protocol.Hash);
        Bytes.PutUInt16(head, FirmwareHeader.AssembliesAt, assemblies.Length);
        (head[FirmwareHeader.BoardLengthAt], head[FirmwareHeader.VersionLengthAt]) = ((byte)board.Length, (byte)version.Length);
        byte[] package = [.. head, .. names, .. assemblies.SelectMany(a => BitConverter.GetBytes(a.Length)), .. assemblies.SelectMany(a => a), .. new byte[ProgramSeal.Bytes]];
        Bytes.PutUInt32(package, FirmwareHeader.LengthAt, (uint)package.Length);
        change?.Invoke(package);
        return Seal(package, key ?? SmallProgram.Key);
    }

    public static byte[] Seal(byte[] package, byte[] key)
    {
        int seal = package.Length - ProgramSeal.Bytes;
        byte[] tag = new byte[ProgramSeal.TagBytes];
        new HostMac().Compute(key, package, seal, tag);
        tag.CopyTo(package, seal);
        Bytes.PutUInt32(package, seal + ProgramSeal.CrcAt, new HostCrc32().Compute(package, 0, seal + ProgramSeal.CrcAt));
        return package;
    }
}
