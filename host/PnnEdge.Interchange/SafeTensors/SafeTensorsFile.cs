using System.Buffers.Binary;

namespace PnnEdge.Interchange.SafeTensors;

/// <summary>A safetensors file: 8 bytes of header length (little-endian), a JSON header, then the tensors' bytes without a gap.</summary>
/// <remarks>Format: github.com/huggingface/safetensors, README and safetensors/src/tensor.rs.</remarks>
public static class SafeTensorsFile
{
    public const int LargestHeaderBytes = 100_000_000;

    private const int LengthBytes = 8;

    /// <summary>The same tensors give the same bytes. Written beside, then moved into place.</summary>
    public static void Save(string path, TensorSet tensors) => WholeFile.Write(path, Write(tensors));

    public static byte[] Write(TensorSet tensors)
    {
        // Largest alignment first, then by name: every tensor then starts at a multiple of its elements' size.
        KeyValuePair<string, Tensor>[] order = [.. tensors.All.OrderByDescending(tensor => tensor.Value.Type).ThenBy(tensor => tensor.Key, StringComparer.Ordinal)];
        byte[] header = SafeTensorsHeader.Write(order, tensors.Notes);
        long bytes = LengthBytes + (long)header.Length + order.Sum(tensor => (long)tensor.Value.Bytes.Length);
        if (header.Length > LargestHeaderBytes || bytes > Array.MaxLength)
        {
            throw new ArgumentException($"These {order.Length} tensors would take {bytes} bytes, {header.Length} of them for their names; a file of ours holds {Array.MaxLength} bytes, {LargestHeaderBytes} of them for names.", nameof(tensors));
        }

        byte[] file = new byte[bytes];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)header.Length);
        header.CopyTo(file, LengthBytes);
        int at = LengthBytes + header.Length;
        foreach ((_, Tensor tensor) in order)
        {
            tensor.Bytes.Span.CopyTo(file.AsSpan(at));
            at += tensor.Bytes.Length;
        }

        return file;
    }

    /// <exception cref="InvalidDataException">One sentence: the file and what is wrong with it.</exception>
    public static TensorSet Load(string path) => Read(WholeFile.Read(path), path);

    /// <param name="source">Named in error messages.</param>
    /// <exception cref="InvalidDataException">One sentence: the source and what is wrong with it.</exception>
    public static TensorSet Read(ReadOnlyMemory<byte> file, string source)
    {
        try
        {
            return Parse(file, source);
        }
        catch (InvalidDataException broken)
        {
            throw new InvalidDataException($"{source} is not a readable safetensors file: {broken.Message}.", broken);
        }
    }

    private static TensorSet Parse(ReadOnlyMemory<byte> file, string source)
    {
        if (file.Length < LengthBytes) { throw new InvalidDataException($"it has {file.Length} bytes, and its header's length takes {LengthBytes}"); }
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(file.Span);
        if (length > LargestHeaderBytes) { throw new InvalidDataException($"its header claims {length} bytes; {LargestHeaderBytes} are allowed"); }
        if (length > (ulong)(file.Length - LengthBytes)) { throw new InvalidDataException($"its header claims {length} bytes and {file.Length - LengthBytes} follow"); }

        ReadOnlyMemory<byte> data = file[(LengthBytes + (int)length)..];
        var tensors = new TensorSet(source);
        int at = 0;
        foreach (SafeTensorsEntry entry in SafeTensorsHeader.Read(file.Slice(LengthBytes, (int)length), tensors.Notes).OrderBy(entry => (entry.Begin, entry.End)))
        {
            // In order of their place every tensor begins where the one before ended: no overlap, and no hole that could hide something.
            if (entry.Begin != at || entry.End < entry.Begin || entry.End > data.Length)
            {
                throw new InvalidDataException($"tensor {entry.Name} lies at {entry.Begin} to {entry.End} of {data.Length} bytes; it should begin at {at}");
            }

            if (Tensor.ByteCountOf(entry.Type, entry.Shape) != entry.End - entry.Begin)
            {
                throw new InvalidDataException($"tensor {entry.Name} of shape {Tensor.TextOf(entry.Shape)} in {ElementTypes.NameOf(entry.Type)} does not take {entry.End - entry.Begin} bytes");
            }

            at = (int)entry.End;
            tensors.Add(entry.Name, new Tensor(entry.Type, entry.Shape, data[(int)entry.Begin..at]));
        }

        return at == data.Length ? tensors : throw new InvalidDataException($"{data.Length - at} bytes after the last tensor belong to none");
    }
}
