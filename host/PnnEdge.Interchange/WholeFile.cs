namespace PnnEdge.Interchange;

/// <summary>Files that are read and written in one piece.</summary>
internal static class WholeFile
{
    /// <summary>Written beside, then moved into place: a reader never meets half a file.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        string partial = path + ".partial";
        File.WriteAllBytes(partial, bytes);
        File.Move(partial, path, overwrite: true);
    }

    /// <exception cref="InvalidDataException">Larger than what is read here.</exception>
    public static byte[] Read(string path)
    {
        long bytes = new FileInfo(path).Length;
        return bytes <= Array.MaxLength
            ? File.ReadAllBytes(path)
            : throw new InvalidDataException($"{path} has {bytes} bytes; up to {Array.MaxLength} are read here.");
    }
}
