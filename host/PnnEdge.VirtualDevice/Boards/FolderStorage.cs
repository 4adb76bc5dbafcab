using PnnEdge.Firmware.Core.Ports;

namespace PnnEdge.VirtualDevice.Boards;

/// <summary>Records as files of one folder; each is replaced by a rename, so a kill leaves the old or the new one.</summary>
public sealed class FolderStorage : IStorage
{
    private readonly string _folder;

    public FolderStorage(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
    }

    /// <exception cref="IOException">It could not be read whether there is such a record.</exception>
    public int Read(string name, byte[] into)
    {
        try
        {
            byte[] record = File.ReadAllBytes(PathOf(name));
            record.AsSpan(0, Math.Min(record.Length, into.Length)).CopyTo(into);
            return record.Length;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return -1;
        }
    }

    public bool Write(string name, byte[] data, int count)
    {
        try
        {
            string fresh = PathOf(name) + ".new";
            using (FileStream file = new(fresh, OfItsOwner()))
            {
                file.Write(data, 0, count);
                file.Flush(flushToDisk: true);
            }

            File.Move(fresh, PathOf(name), overwrite: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>One of the records is the device's key.</summary>
    private static FileStreamOptions OfItsOwner()
    {
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}
