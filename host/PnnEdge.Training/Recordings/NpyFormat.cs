using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PnnEdge.Training.Recordings;

/// <summary>One array in NumPy's .npy format, version 1.0: little-endian, C order.</summary>
internal static partial class NpyFormat
{
    private const int Alignment = 64;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0];

    public static byte[] Write(Array data, int[] shape)
    {
        (string code, int size) = TypeOf(data);
        string inside = string.Join(", ", shape.Select(n => n.ToString(CultureInfo.InvariantCulture))) + (shape.Length == 1 ? "," : "");
        string header = $"{{'descr': '{code}', 'fortran_order': False, 'shape': ({inside}), }}";
        int bare = Magic.Length + 2 + header.Length + 1;
        int padded = (bare + Alignment - 1) / Alignment * Alignment;
        header = header.PadRight(header.Length + padded - bare) + "\n";

        byte[] file = new byte[padded + (data.Length * size)];
        Magic.CopyTo(file);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(Magic.Length), (ushort)header.Length);
        Encoding.ASCII.GetBytes(header, file.AsSpan(Magic.Length + 2));
        Buffer.BlockCopy(data, 0, file, padded, data.Length * size);
        return file;
    }

    /// <exception cref="InvalidDataException">One clause: what is wrong.</exception>
    public static (Array Data, int[] Shape) Read(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Magic) || file.Length < Magic.Length + 2) { throw new InvalidDataException("it does not start as a NumPy array of version 1.0"); }
        int length = BinaryPrimitives.ReadUInt16LittleEndian(file[Magic.Length..]), start = Magic.Length + 2 + length;
        if (file.Length < start) { throw new InvalidDataException("its header is cut off"); }
        Match header = Header().Match(Encoding.ASCII.GetString(file.Slice(Magic.Length + 2, length)));
        if (!header.Success) { throw new InvalidDataException("its header is not one of a little-endian number array in C order"); }

        int[] shape = [.. header.Groups["shape"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(ParseDimension)];
        string code = header.Groups["descr"].Value;
        int size = code[^1] - '0';
        long count = 1;
        foreach (int n in shape)
        {
            count *= n;
            if (count > int.MaxValue) { throw new InvalidDataException("its shape is beyond what can be read"); }
        }

        if (file.Length - start != count * size) { throw new InvalidDataException($"its shape asks for {count * size} bytes and {file.Length - start} follow"); }
        Array data = Make(code, (int)count);
        Buffer.BlockCopy(file[start..].ToArray(), 0, data, 0, (int)count * size);
        return (data, shape);
    }

    private static int ParseDimension(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int n)
        ? n
        : throw new InvalidDataException($"its shape holds '{text}'");

    // By exact type: to the runtime's pattern matching a ulong[] is a long[] too.
    private static (string Code, int Size) TypeOf(Array data) => Type.GetTypeCode(data.GetType().GetElementType()) switch
    {
        TypeCode.Single => ("<f4", 4),
        TypeCode.Double => ("<f8", 8),
        TypeCode.Int32 => ("<i4", 4),
        TypeCode.Int64 => ("<i8", 8),
        TypeCode.UInt64 => ("<u8", 8),
        TypeCode.Byte => ("|u1", 1),
        _ => throw new ArgumentException($"{data.GetType()} has no place in a NumPy archive of ours; float, double, int, long, ulong and byte have."),
    };

    private static Array Make(string code, int count) => code switch
    {
        "<f4" => new float[count],
        "<f8" => new double[count],
        "<i4" => new int[count],
        "<i8" => new long[count],
        "<u8" => new ulong[count],
        "|u1" => new byte[count],
        _ => throw new InvalidDataException($"its type {code} is not one of <f4, <f8, <i4, <i8, <u8, |u1"),
    };

    [GeneratedRegex(@"^\{\s*'descr':\s*'(?<descr>[<|][a-z][0-9])',\s*'fortran_order':\s*False,\s*'shape':\s*\((?<shape>[0-9, ]*)\),?\s*\}\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Header();
}
