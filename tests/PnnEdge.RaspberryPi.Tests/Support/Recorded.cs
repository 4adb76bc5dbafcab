using PnnEdge.Firmware.Drivers.Ports;

namespace PnnEdge.RaspberryPi.Tests.Support;

/// <summary>A chip behind a bus that writes down, as hex, what is sent.</summary>
internal sealed class RecordedSpi(ISpiPort chip) : ISpiPort
{
    public List<string> Lines { get; } = [];

    public bool IsCut { get; set; }

    public bool Transfer(byte[] write, byte[] read, int count)
    {
        Lines.Add(Hex(write, count));
        return !IsCut && chip.Transfer(write, read, count);
    }

    public static string Hex(byte[] bytes, int count) => string.Join(' ', bytes.Take(count).Select(b => b.ToString("X2")));
}

/// <summary>As <see cref="RecordedSpi"/>: "W 03" is a write, "R 2" a read of two bytes.</summary>
internal sealed class RecordedI2c(II2cPort chip) : II2cPort
{
    public List<string> Lines { get; } = [];

    public bool Write(byte[] data, int count)
    {
        Lines.Add($"W {RecordedSpi.Hex(data, count)}");
        return chip.Write(data, count);
    }

    public bool Read(byte[] into, int count)
    {
        Lines.Add($"R {count}");
        return chip.Read(into, count);
    }

    public bool WriteRead(byte[] write, int writeCount, byte[] into, int readCount)
    {
        Lines.Add($"W {RecordedSpi.Hex(write, writeCount)} R {readCount}");
        return chip.WriteRead(write, writeCount, into, readCount);
    }
}
