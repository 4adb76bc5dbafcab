using System.IO.Compression;
using System.Text;

namespace PnnEdge.Interchange.Tests.PyTorch;

/// <summary>A torch.save file put together by hand, opcode by opcode, for tests on machines without PyTorch and for what PyTorch would never write.</summary>
internal sealed class HandmadePickle
{
    private readonly MemoryStream _pickle = new();

    public HandmadePickle() => Bytes(0x80, 2);

    public HandmadePickle Bytes(params byte[] bytes)
    {
        _pickle.Write(bytes);
        return this;
    }

    public HandmadePickle Ascii(string opcodes) => Bytes(Encoding.ASCII.GetBytes(opcodes));

    public HandmadePickle Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        return Ascii("X").Bytes(BitConverter.GetBytes(utf8.Length)).Bytes(utf8);
    }

    public HandmadePickle Global(string module, string name) => Ascii($"c{module}\n{name}\n");

    public HandmadePickle Number(int value) => Ascii("J").Bytes(BitConverter.GetBytes(value));

    /// <summary>A float tensor in storage 0.</summary>
    /// <param name="held">Elements that the storage is said to have.</param>
    public HandmadePickle Tensor(int held, int offset, int[] size, int[] stride)
    {
        Global("torch._utils", "_rebuild_tensor_v2").Ascii("((").Text("storage").Global("torch", "FloatStorage").Text("0").Text("cpu").Number(held).Ascii("tQ").Number(offset).Ascii("(");
        foreach (int n in size) { Number(n); }
        Ascii("t(");
        foreach (int n in stride) { Number(n); }
        return Ascii("t").Bytes(0x89).Global("collections", "OrderedDict").Ascii(")RtR");
    }

    /// <summary>A dict of one tensor called w.</summary>
    public static HandmadePickle Of(int held, int offset, int[] size, int[] stride) => new HandmadePickle().Ascii("}(").Text("w").Tensor(held, offset, size, stride).Ascii("u.");

    /// <param name="storage">Of storage 0.</param>
    /// <param name="byteOrder">Null for no such file, as before PyTorch 2.1.</param>
    public byte[] InZip(float[] storage, string? byteOrder = null) => Zip(ToArray(), storage, byteOrder);

    public byte[] ToArray() => _pickle.ToArray();

    public static byte[] Zip(byte[] pickle, float[] storage, string? byteOrder = null)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Entry(zip, "net/data.pkl", pickle);
            Entry(zip, "net/data/0", System.Runtime.InteropServices.MemoryMarshal.AsBytes(storage.AsSpan()).ToArray());
            if (byteOrder is not null) { Entry(zip, "net/byteorder", Encoding.ASCII.GetBytes(byteOrder)); }
        }

        return stream.ToArray();
    }

    private static void Entry(ZipArchive zip, string name, byte[] bytes)
    {
        using Stream entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
        entry.Write(bytes);
    }
}
