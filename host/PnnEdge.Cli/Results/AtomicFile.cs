namespace PnnEdge.Cli.Results;

/// <summary>Files that are replaced whole: whoever is killed, a reader finds the old or the new one.</summary>
internal static class AtomicFile
{
    public static void Write(string path, Action<Stream> content)
    {
        string fresh = path + ".new";
        try
        {
            using (FileStream stream = new(fresh, FileMode.Create, FileAccess.Write))
            {
                content(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(fresh, path, overwrite: true);
        }
        catch
        {
            File.Delete(fresh);
            throw;
        }
    }

    public static void Write(string path, string text) => Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
}
