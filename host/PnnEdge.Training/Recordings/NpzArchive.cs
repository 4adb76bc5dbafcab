using System.IO.Compression;

namespace PnnEdge.Training.Recordings;

/// <summary>Named arrays in one NumPy .npz file: <c>numpy.load</c> opens it.</summary>
public sealed class NpzArchive
{
    private static readonly DateTimeOffset FixedTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SortedDictionary<string, (Array Data, int[] Shape)> _arrays = new(StringComparer.Ordinal);
    private string _path = "This archive";

    public IReadOnlyCollection<string> Names => _arrays.Keys;

    /// <param name="data">float, double, int, long, ulong or byte.</param>
    /// <param name="shape">Outermost axis first; none for a flat array.</param>
    public void Add<T>(string name, T[] data, params int[] shape) where T : unmanaged
    {
        if (shape.Length == 0) { shape = [data.Length]; }
        if (shape.Aggregate(1L, (product, n) => product * n) != data.Length)
        {
            throw new ArgumentException($"{name} has {data.Length} values; its shape ({string.Join(", ", shape)}) asks for another number.", nameof(shape));
        }

        _arrays[name] = (data, shape);
    }

    /// <exception cref="InvalidDataException">No such array, or of another type.</exception>
    public T[] Get<T>(string name) where T : unmanaged => Entry(name).Data is T[] data && data.GetType() == typeof(T[])
        ? data
        : throw new InvalidDataException($"{_path}: the array {name} holds {Entry(name).Data.GetType().GetElementType()}; {typeof(T)} was asked for.");

    /// <summary>Of whatever type.</summary>
    /// <exception cref="InvalidDataException">No such array.</exception>
    public Array Get(string name) => Entry(name).Data;

    /// <exception cref="InvalidDataException">No such array.</exception>
    public int[] ShapeOf(string name) => Entry(name).Shape;

    /// <summary>Written beside, then moved into place: a reader never meets half a file. The same arrays give the same bytes.</summary>
    public void Save(string path)
    {
        string partial = path + ".partial";
        using (FileStream file = File.Create(partial)) { Write(file); }
        File.Move(partial, path, overwrite: true);
    }

    public void Write(Stream stream)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach ((string name, (Array data, int[] shape)) in _arrays)
        {
            ZipArchiveEntry entry = zip.CreateEntry(name + ".npy", CompressionLevel.Fastest);
            entry.LastWriteTime = FixedTime;
            using Stream into = entry.Open();
            into.Write(NpyFormat.Write(data, shape));
        }
    }

    /// <exception cref="InvalidDataException">One sentence: the file, the array in it, what is wrong.</exception>
    public static NpzArchive Load(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Read(file, path);
    }

    /// <param name="path">Named in error messages.</param>
    public static NpzArchive Read(Stream stream, string path)
    {
        var archive = new NpzArchive { _path = path };
        string inside = "";
        try
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            foreach (ZipArchiveEntry entry in zip.Entries)
            {
                inside = $", array {entry.FullName}";
                if (!entry.FullName.EndsWith(".npy", StringComparison.Ordinal)) { throw new InvalidDataException("it is not an array"); }
                archive._arrays[entry.FullName[..^4]] = NpyFormat.Read(ZipEntry.Bytes(entry));
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException or IOException or NotSupportedException or ArgumentException)
        {
            throw new InvalidDataException($"{path}{inside} is not readable: {broken.Message.TrimEnd('.')}.", broken);
        }

        return archive;
    }

    private (Array Data, int[] Shape) Entry(string name) => _arrays.TryGetValue(name, out (Array, int[]) entry)
        ? entry
        : throw new InvalidDataException($"{_path} has no array {name}; it has {string.Join(", ", Names)}.");
}
