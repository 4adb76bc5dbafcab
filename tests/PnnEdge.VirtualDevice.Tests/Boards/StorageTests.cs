using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Core.Storage;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.Wire.Host;

namespace PnnEdge.VirtualDevice.Tests.Boards;

public sealed class StorageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pnn-storage-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_record_comes_back_after_a_restart_and_a_missing_one_is_none()
    {
        Assert.True(new FolderStorage(_folder).Write("epoch-a", [1, 2, 3, 4], 3));
        byte[] into = new byte[8];
        Assert.Equal(3, new FolderStorage(_folder).Read("epoch-a", into));
        Assert.Equal([1, 2, 3, 0, 0, 0, 0, 0], into);
        Assert.Equal(-1, new FolderStorage(_folder).Read("epoch-b", into));
    }

    [Fact]
    public void Killed_while_writing_the_old_record_is_there_and_the_next_write_works()
    {
        FolderStorage storage = new(_folder);
        storage.Write("epoch-a", [1, 2, 3], 3);
        File.WriteAllBytes(Path.Combine(_folder, "epoch-a.new"), [9]); // what a kill between the first byte and the rename leaves
        byte[] into = new byte[3];
        Assert.Equal(3, new FolderStorage(_folder).Read("epoch-a", into));
        Assert.Equal([1, 2, 3], into);
        Assert.True(storage.Write("epoch-a", [4, 5, 6], 3));
        storage.Read("epoch-a", into);
        Assert.Equal([4, 5, 6], into);
    }

    [Fact]
    public void A_write_that_fails_says_so_and_a_record_that_cannot_be_read_is_not_taken_for_none()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "epoch-a"));
        FolderStorage storage = new(_folder);
        Assert.False(storage.Write("epoch-a", [1], 1));
        Assert.ThrowsAny<Exception>(() => storage.Read("epoch-a", new byte[8]));
        Assert.False(new KeptCount("epoch", storage, new HostCrc32()).IsKnown);
    }

    [Fact]
    public void Epochs_ascend_over_restarts()
    {
        for (uint boot = 1; boot <= 5; boot++)
        {
            KeptCount epochs = new("epoch", new FolderStorage(_folder), new HostCrc32());
            Assert.Equal(boot - 1, epochs.Newest);
            Assert.True(epochs.Raise());
        }
    }

    [Fact]
    public void Memory_behaves_as_a_folder_does()
    {
        foreach (IStorage storage in new IStorage[] { new MemoryStorage(), new FolderStorage(_folder) })
        {
            byte[] data = [1, 2, 3, 4, 5];
            Assert.True(storage.Write("r", data, 5));
            data[0] = 99;
            byte[] into = new byte[2];
            Assert.Equal(5, storage.Read("r", into)); // longer than what fits: told, and filled as far as it goes
            Assert.Equal([1, 2], into);
        }
    }
}
