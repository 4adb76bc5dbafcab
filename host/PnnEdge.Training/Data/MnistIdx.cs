using System.Buffers.Binary;
using System.IO.Compression;

namespace PnnEdge.Training.Data;

/// <summary>MNIST (LeCun, Cortes, Burges) from its gzipped IDX files, 28 × 28, or averaged down to 14 × 14.</summary>
public static class MnistIdx
{
    public const int SmallSide = 14;
    public const int SourceSide = 28;

    private const int MaxSamples = 1_000_000;

    public static IReadOnlyList<string> ClassNames { get; } = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    /// <param name="side"><see cref="SmallSide"/> or <see cref="SourceSide"/>, pixels.</param>
    /// <param name="limit">At most this many samples, from the start of the file; 0 for all.</param>
    /// <exception cref="InvalidDataException">One sentence: the file and what is wrong with it.</exception>
    public static Dataset Read(string imagesPath, string labelsPath, string name, int side = SmallSide, int limit = 0)
    {
        byte[] images = ReadIdx(imagesPath, magic: 0x803, [SourceSide, SourceSide], limit, out int count);
        byte[] labels = ReadIdx(labelsPath, magic: 0x801, [], limit, out int labelCount);
        if (count != labelCount) { throw new InvalidDataException($"{imagesPath} has {count} images; {labelsPath} has {labelCount} labels."); }
        int wrong = Array.FindIndex(labels, label => label > 9);
        if (wrong >= 0) { throw new InvalidDataException($"{labelsPath}: label {labels[wrong]} at sample {wrong}; labels are 0 to 9."); }

        float[] features = side switch
        {
            SourceSide => [.. images.Select(grey => grey / 255f)],
            SmallSide => Halved(images, count),
            _ => throw new ArgumentOutOfRangeException(nameof(side), $"Asked for images with a side of {side} pixels; {SmallSide} and {SourceSide} are possible."),
        };
        return new Dataset(name, Generated: false, side * side, features, [.. labels.Select(label => (int)label)], ClassNames).Checked();
    }

    private static float[] Halved(byte[] images, int count)
    {
        float[] features = new float[count * SmallSide * SmallSide];
        for (int s = 0; s < count; s++)
        {
            for (int y = 0; y < SmallSide; y++)
            {
                for (int x = 0; x < SmallSide; x++)
                {
                    int corner = (s * SourceSide * SourceSide) + (2 * y * SourceSide) + (2 * x);
                    int sum = images[corner] + images[corner + 1] + images[corner + SourceSide] + images[corner + SourceSide + 1];
                    features[(((s * SmallSide) + y) * SmallSide) + x] = sum / (4 * 255f);
                }
            }
        }

        return features;
    }

    private static byte[] ReadIdx(string path, uint magic, int[] inner, int limit, out int count)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            using GZipStream unzipped = new(file, CompressionMode.Decompress);
            byte[] header = new byte[4 * (2 + inner.Length)];
            unzipped.ReadExactly(header.AsSpan(0, 4));
            uint found = BinaryPrimitives.ReadUInt32BigEndian(header);
            if (found != magic) { throw new InvalidDataException($"{path} starts with 0x{found:X8}; an IDX file of this kind starts with 0x{magic:X8}."); }
            unzipped.ReadExactly(header.AsSpan(4));
            uint stated = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4));
            for (int d = 0; d < inner.Length; d++)
            {
                uint side = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(8 + (4 * d)));
                if (side != inner[d]) { throw new InvalidDataException($"{path} holds images with a side of {side} pixels; MNIST has {inner[d]}."); }
            }

            if (stated is 0 or > MaxSamples) { throw new InvalidDataException($"{path} states {stated} samples; between 1 and {MaxSamples} are read."); }
            count = limit > 0 ? (int)Math.Min(stated, (uint)limit) : (int)stated;
            byte[] data = new byte[inner.Aggregate(count, (product, side) => product * side)];
            unzipped.ReadExactly(data);
            if (count == stated && unzipped.ReadByte() >= 0) { throw new InvalidDataException($"{path} goes on after the {stated} samples it states."); }
            return data;
        }
        catch (EndOfStreamException short_)
        {
            throw new InvalidDataException($"{path} ends before the samples it states.", short_);
        }
        catch (InvalidDataException broken) when (!broken.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{path} is not a readable gzip file: {broken.Message}", broken);
        }
    }
}
