using System.Security.Cryptography;

namespace PnnEdge.Twins.Torch.Native;

/// <summary>Keeps an adapted library in a cache folder, by the original's hash: written once, and never seen half written.</summary>
internal static class AdaptedCopy
{
    /// <param name="cacheFolder">Made where it is missing.</param>
    /// <param name="original">The whole file, for its hash.</param> <param name="adapted">What the copy has to hold.</param>
    /// <returns>Path of the copy, which holds exactly <paramref name="adapted"/>.</returns>
    public static string Write(string cacheFolder, string fileName, ReadOnlySpan<byte> original, byte[] adapted)
    {
        string folder = Path.Combine(cacheFolder, Convert.ToHexStringLower(SHA256.HashData(original))), path = Path.Combine(folder, fileName);
        if (Holds(path, adapted)) { return path; }
        Directory.CreateDirectory(folder);

        // Another process may write the same copy now: each its own file, and the last move wins with the same bytes.
        string fresh = Path.Combine(folder, $"{Guid.NewGuid():N}.tmp");
        File.WriteAllBytes(fresh, adapted);
        File.Move(fresh, path, overwrite: true);
        return path;
    }

    /// <summary>The user's own folder for what can be made again (XDG Base Directory Specification).</summary>
    /// <param name="xdgCacheHome">Value of XDG_CACHE_HOME, or null.</param> <param name="home">The user's home folder.</param>
    public static string CacheFolder(string? xdgCacheHome, string home) =>
        Path.Combine(Path.IsPathRooted(xdgCacheHome) ? xdgCacheHome : Path.Combine(home, ".cache"), "pnnedge", "torchsharp");

    private static bool Holds(string path, byte[] adapted) =>
        File.Exists(path) && new FileInfo(path).Length == adapted.Length && File.ReadAllBytes(path).AsSpan().SequenceEqual(adapted);
}
