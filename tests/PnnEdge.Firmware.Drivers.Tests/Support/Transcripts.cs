using PnnEdge.Firmware.Drivers.Ports;

namespace PnnEdge.Firmware.Drivers.Tests.Support;

/// <summary>A bus that writes down what passes, as hex: "60 12>34" is a transfer of two bytes out and two in, "W 03" a write, "R 12" a read.</summary>
public sealed class SpiTranscript(params byte[] answer) : ISpiPort
{
    public List<string> Lines { get; } = [];

    public bool CutShort { get; init; }

    public bool Transfer(byte[] write, byte[] read, int count)
    {
        Lines.Add(Hex(write, count));
        answer.AsSpan(0, Math.Min(answer.Length, count)).CopyTo(read);
        return !CutShort;
    }

    internal static string Hex(byte[] bytes, int count) => string.Join(' ', bytes.Take(count).Select(b => b.ToString("X2")));
}

/// <summary>Answers reads with the given ones, in turn; the last again when they are used up.</summary>
public sealed class I2cTranscript(params byte[][] answers) : II2cPort
{
    private int _answered;

    public List<string> Lines { get; } = [];

    /// <summary>Number of the first transfer that is not acknowledged, from 0; all of them after it are not either.</summary>
    public int SilentFrom { get; init; } = int.MaxValue;

    public bool Write(byte[] data, int count)
    {
        Lines.Add($"W {SpiTranscript.Hex(data, count)}");
        return Lines.Count <= SilentFrom;
    }

    public bool Read(byte[] into, int count) => Read("R", into, count);

    public bool WriteRead(byte[] write, int writeCount, byte[] into, int readCount) =>
        Read($"W {SpiTranscript.Hex(write, writeCount)} R", into, readCount);

    private bool Read(string before, byte[] into, int count)
    {
        Lines.Add($"{before}{count}");
        if (Lines.Count > SilentFrom)
        {
            return false;
        }

        answers[Math.Min(_answered++, answers.Length - 1)].AsSpan(0, count).CopyTo(into);
        return true;
    }
}
