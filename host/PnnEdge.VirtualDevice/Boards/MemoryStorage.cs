using PnnEdge.Firmware.Core.Ports;

namespace PnnEdge.VirtualDevice.Boards;

/// <summary>Records that live as long as this object: hand the same one to the next device and it remembers.</summary>
public sealed class MemoryStorage : IStorage
{
    private readonly Dictionary<string, byte[]> _records = [];

    public int Read(string name, byte[] into)
    {
        if (!_records.TryGetValue(name, out byte[]? record))
        {
            return -1;
        }

        record.AsSpan(0, Math.Min(record.Length, into.Length)).CopyTo(into);
        return record.Length;
    }

    public bool Write(string name, byte[] data, int count)
    {
        _records[name] = data[..count];
        return true;
    }
}
