using System.Security.Cryptography;

namespace PnnEdge.Training.Data;

public enum FileState
{
    Missing,
    Present,
    WrongChecksum,
}

/// <summary>The folder that holds the data files.</summary>
public sealed class DataFolder
{
    private DataFolder(string root, string reason) => (Root, Reason) = (root, reason);

    public string Root { get; }

    /// <summary>Why it is this folder, for messages.</summary>
    public string Reason { get; }

    /// <param name="variable">Value of the PNN_DATA environment variable, or null.</param>
    /// <param name="cacheFolder">The folder that <c>pnn data get</c> fills when the variable is not set.</param>
    public static DataFolder Resolve(string? variable, string cacheFolder) => string.IsNullOrWhiteSpace(variable)
        ? new DataFolder(Path.GetFullPath(cacheFolder), "the cache; PNN_DATA is not set")
        : new DataFolder(Path.GetFullPath(variable), "from PNN_DATA");

    public string PathOf(KnownFile file) => Path.Combine(Root, file.RelativePath.Replace('/', Path.DirectorySeparatorChar));

    /// <exception cref="FileNotFoundException">One sentence: which file, where it was looked for, how to get it.</exception>
    public string Require(KnownFile file)
    {
        string path = PathOf(file);
        if (File.Exists(path)) { return path; }
        string remedy = file.Source is null ? $"put the {file.Origin} there or set PNN_DATA to a folder that has it" : $"fetch it with 'pnn data get {file.Task}' or set PNN_DATA to a folder that has it";
        throw new FileNotFoundException($"The data file {path} is not there ({Reason}); {remedy}.", path);
    }

    public FileState StateOf(KnownFile file)
    {
        string path = PathOf(file);
        if (!File.Exists(path)) { return FileState.Missing; }
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream)) == file.Sha256 ? FileState.Present : FileState.WrongChecksum;
    }
}
