using PnnEdge.Interchange.PyTorch;
using PnnEdge.Interchange.SafeTensors;

namespace PnnEdge.Interchange;

/// <summary>A file of named tensors of either format, told by what it begins with.</summary>
public static class TensorFile
{
    /// <exception cref="InvalidDataException">One sentence: the file and what is wrong with it.</exception>
    public static TensorSet Load(string path)
    {
        byte[] file = WholeFile.Read(path);
        return file.AsSpan().StartsWith("PK"u8) ? StateDictFile.Read(file, path)
            : file.AsSpan().StartsWith(LegacyStart) ? throw new InvalidDataException($"{path} is in PyTorch's format before 1.6, which is not read here; load it there and save it anew.")
            : file.Length > 8 && file[8] == '{' ? SafeTensorsFile.Read(file, path)
            : throw new InvalidDataException($"{path} is neither a file of torch.save (a zip) nor safetensors (a length, then '{{').");
    }

    // Protocol 2, and the first of the ten bytes of torch/serialization.py's magic number.
    private static ReadOnlySpan<byte> LegacyStart => [0x80, 0x02, 0x8a, 0x0a];
}
