using System.IO.Compression;
using System.Text;
using PnnEdge.Training.Recordings;

namespace PnnEdge.Interchange.PyTorch;

/// <summary>A file of <c>torch.save</c>, PyTorch 1.6 or later: a zip with a pickle of the names and a file for every storage.</summary>
public static class StateDictFile
{
    private static readonly string[] Nested = ["state_dict", "model_state_dict"];

    /// <summary>The tensors of a state_dict, or of the one inside a checkpoint (PyTorch Lightning's or the tutorials').</summary>
    /// <exception cref="InvalidDataException">One sentence: the file and what is wrong with it.</exception>
    public static TensorSet Load(string path) => Read(WholeFile.Read(path), path);

    /// <param name="source">Named in error messages.</param>
    public static TensorSet Read(byte[] file, string source)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
            return Parse(zip, source);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or NotSupportedException or ArgumentException)
        {
            throw new InvalidDataException($"{source} is not a readable PyTorch file: {broken.Message.TrimEnd('.')}.", broken);
        }
    }

    private static TensorSet Parse(ZipArchive zip, string source)
    {
        const string PickleName = "data.pkl";
        ZipArchiveEntry[] pickles = [.. zip.Entries.Where(entry => entry.Name == PickleName)];
        if (pickles.Length != 1) { throw new InvalidDataException($"it holds {pickles.Length} files {PickleName}; one belongs there"); }
        string folder = pickles[0].FullName[..^PickleName.Length];
        if (zip.GetEntry(folder + "byteorder") is ZipArchiveEntry order && Encoding.ASCII.GetString(ZipEntry.Bytes(order)) != "little")
        {
            throw new InvalidDataException("its numbers are not little-endian");
        }

        var storages = new TorchStorages(zip, folder);
        var tensors = new TensorSet(source);
        foreach ((object key, object? value) in StateDict(StateDictPickle.Read(ZipEntry.Bytes(pickles[0]))).Items)
        {
            if (key is not string name || value is not PickledTensor tensor) { continue; } // a number of steps, say
            if (tensors.All.ContainsKey(name)) { throw new InvalidDataException($"it names {name} twice"); }
            tensors.Add(name, storages.Tensor(tensor, name));
        }

        return tensors;
    }

    private static PickledDict StateDict(object? root)
    {
        if (root is not PickledDict dict) { throw new InvalidDataException("it holds no dict of tensors; save model.state_dict()"); }
        return Nested.Select(name => dict[name]).OfType<PickledDict>().FirstOrDefault() ?? dict;
    }
}
