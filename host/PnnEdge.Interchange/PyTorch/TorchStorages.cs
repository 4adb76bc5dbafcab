using System.IO.Compression;
using PnnEdge.Training.Recordings;

namespace PnnEdge.Interchange.PyTorch;

/// <summary>The storages of one archive, and the tensors that are views of them.</summary>
internal sealed class TorchStorages(ZipArchive zip, string folder)
{
    private readonly Dictionary<string, byte[]> _read = [];
    private long _copyableBytes = zip.Entries.Sum(entry => entry.CompressedLength);

    /// <exception cref="InvalidDataException">One clause: the tensor is not one of its storage.</exception>
    public Tensor Tensor(PickledTensor of, string name)
    {
        int[] shape = [.. of.Size.Select(n => n is >= 0 and <= int.MaxValue ? (int)n : throw new InvalidDataException($"{name} has an axis of {n}"))];
        ReadOnlyMemory<byte> bytes = Bytes(of.Storage, name);
        int size = ElementTypes.BytesOf(of.Storage.Type);
        long taken = Interchange.Tensor.ByteCountOf(of.Storage.Type, shape), held = bytes.Length / size;
        if (taken < 0 || shape.Length != of.Stride.Length || !LiesInside(shape, of.Stride, of.Offset, taken / size, held))
        {
            throw new InvalidDataException($"{name} of shape {Interchange.Tensor.TextOf(shape)} does not lie inside its storage of {held} elements");
        }

        int first = (int)of.Offset * size;
        return new Tensor(of.Storage.Type, shape, IsContiguous(shape, of.Stride)
            ? bytes.Slice(first, (int)taken)
            : Gather(bytes.Span[first..], shape, of.Stride, size, (int)taken / size));
    }

    // A view that repeats elements (stride 0) is not what a state_dict has; it could unfold to any size.
    private static bool LiesInside(int[] shape, long[] stride, long offset, long count, long held) =>
        offset >= 0 && offset <= held && count <= held - offset
        && (count == 0 || (stride.All(step => step >= 0 && step <= held) && shape.Zip(stride).Sum(axis => (decimal)(axis.First - 1) * axis.Second) < held - offset));

    private byte[] Bytes(PickledStorage storage, string name)
    {
        if (!_read.TryGetValue(storage.Key, out byte[]? bytes))
        {
            ZipArchiveEntry entry = zip.GetEntry($"{folder}data/{storage.Key}") ?? throw new InvalidDataException($"the storage {storage.Key} of {name} is missing");
            _read[storage.Key] = bytes = ZipEntry.Bytes(entry);
        }

        return bytes.Length == (decimal)storage.Count * ElementTypes.BytesOf(storage.Type)
            ? bytes
            : throw new InvalidDataException($"the storage {storage.Key} of {name} has {bytes.Length} bytes for {storage.Count} elements of {ElementTypes.NameOf(storage.Type)}");
    }

    private static bool IsContiguous(int[] shape, long[] stride)
    {
        long next = 1;
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            if (shape[axis] != 1 && stride[axis] != next) { return false; }
            next *= shape[axis];
        }

        return true;
    }

    // A transposed matrix, say. Many small views of one large storage could ask for far more than the file holds.
    private byte[] Gather(ReadOnlySpan<byte> from, int[] shape, long[] stride, int size, int count)
    {
        if ((_copyableBytes -= (long)count * size) < 0) { throw new InvalidDataException("its tensors overlap so often that they take more than the file itself"); }
        byte[] into = new byte[count * size];
        int[] index = new int[shape.Length];
        for (int i = 0; i < count; i++)
        {
            long at = 0;
            for (int axis = 0; axis < index.Length; axis++) { at += index[axis] * stride[axis]; }
            from.Slice((int)at * size, size).CopyTo(into.AsSpan(i * size));
            for (int axis = index.Length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) { index[axis] = 0; }
        }

        return into;
    }
}
