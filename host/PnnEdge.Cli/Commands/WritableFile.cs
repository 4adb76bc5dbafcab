namespace PnnEdge.Cli.Commands;

internal static class WritableFile
{
    /// <summary>As <see cref="Require"/>; and what is read is not what is written.</summary>
    /// <exception cref="UserException">Nothing can be written there, or it is the file that is read.</exception>
    public static string RequireOther(string path, string read) => path == read
        ? throw new UserException($"{path} is the file that is read; choose another --out.", isUsage: true)
        : Require(path);

    /// <summary>Asks for the folder before hours of work, not after.</summary>
    /// <exception cref="UserException">Nothing can be written there.</exception>
    public static string Require(string path)
    {
        string folder = Path.GetDirectoryName(path) ?? path;
        try
        {
            Directory.CreateDirectory(folder);
            string probe = Path.Combine(folder, $".{Path.GetFileName(path)}.probe");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return Directory.Exists(path) ? throw new UserException($"{path} is a folder; a file belongs there.") : path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"{path} cannot be written: {e.Message.TrimEnd('.')}.", e);
        }
    }
}
