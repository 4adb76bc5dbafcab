using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace PnnEdge.Interchange;

/// <summary>An array of any rank, its elements as the file has them: little-endian, C order.</summary>
public sealed class Tensor
{
    /// <summary>Whole numbers up to here are floats of their own.</summary>
    private const long LargestExact = 1 << 24;

    /// <param name="shape">Outermost axis first; empty for a single number.</param>
    /// <exception cref="InvalidDataException">One clause: shape and bytes do not agree.</exception>
    public Tensor(ElementType type, IReadOnlyList<int> shape, ReadOnlyMemory<byte> bytes)
    {
        (Type, Shape, Bytes) = (type, shape, bytes);
        if (ByteCountOf(type, shape) != bytes.Length)
        {
            throw new InvalidDataException($"a shape of {ShapeText} in {ElementTypes.NameOf(type)} does not take {bytes.Length} bytes");
        }
    }

    public ElementType Type { get; }

    public IReadOnlyList<int> Shape { get; }

    public ReadOnlyMemory<byte> Bytes { get; }

    public int Count => Bytes.Length / ElementTypes.BytesOf(Type);

    /// <summary>Such as <c>[196, 196]</c>.</summary>
    public string ShapeText => TextOf(Shape);

    public static Tensor Of(float[] values, params IReadOnlyList<int> shape) => Of<float>(ElementType.F32, values, shape);

    public static Tensor Of<T>(ElementType type, T[] values, params IReadOnlyList<int> shape) where T : unmanaged =>
        new(type, shape.Count == 0 ? [values.Length] : shape, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    public static string TextOf(IReadOnlyList<int> shape) => $"[{string.Join(", ", shape)}]";

    /// <summary>In single precision: F64 is rounded, whole numbers must be floats of their own.</summary>
    /// <exception cref="InvalidDataException">One clause: elements that are no numbers, or too large.</exception>
    public float[] ToFloats()
    {
        float[] values = new float[Count];
        ReadOnlySpan<byte> from = Bytes.Span;
        int size = ElementTypes.BytesOf(Type);
        for (int i = 0; i < values.Length; i++) { values[i] = One(from.Slice(i * size, size)); }
        return values;
    }

    /// <returns>-1 where the shape's product is beyond what a file of ours can hold.</returns>
    internal static long ByteCountOf(ElementType type, IReadOnlyList<int> shape)
    {
        long count = ElementTypes.BytesOf(type);
        foreach (int n in shape)
        {
            if (n < 0) { return -1; }
            if (n == 0) { return 0; }
            if ((count *= n) > int.MaxValue) { return -1; }
        }

        return count;
    }

    private float One(ReadOnlySpan<byte> at) => Type switch
    {
        ElementType.F32 => BinaryPrimitives.ReadSingleLittleEndian(at),
        ElementType.F64 => (float)BinaryPrimitives.ReadDoubleLittleEndian(at),
        ElementType.F16 => (float)BinaryPrimitives.ReadHalfLittleEndian(at),
        ElementType.BF16 => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(at) << 16),
        ElementType.I64 => Exact(BinaryPrimitives.ReadInt64LittleEndian(at)),
        ElementType.I32 => Exact(BinaryPrimitives.ReadInt32LittleEndian(at)),
        ElementType.U32 => Exact(BinaryPrimitives.ReadUInt32LittleEndian(at)),
        ElementType.I16 => BinaryPrimitives.ReadInt16LittleEndian(at),
        ElementType.U16 => BinaryPrimitives.ReadUInt16LittleEndian(at),
        ElementType.I8 => (sbyte)at[0],
        ElementType.U8 => at[0],
        _ => throw new InvalidDataException($"elements of {ElementTypes.NameOf(Type)} are not read as numbers"),
    };

    private static float Exact(long value) => value is >= -LargestExact and <= LargestExact
        ? value
        : throw new InvalidDataException($"the whole number {value} has no float of its own; ±{LargestExact} have");
}
