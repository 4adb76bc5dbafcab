using PnnEdge.Firmware.Core.Ports;

namespace PnnEdge.Firmware.Core.Tests.Support;

/// <summary>The power is gone: nothing that happens afterwards counts.</summary>
public sealed class PowerCutException() : Exception("power cut");

/// <summary>Records that a power cut can tear: byte by byte, in place, the worst that storage may do to the one record it writes.</summary>
public sealed class TearableStorage : IStorage
{
    public Action<string>? Hook { get; set; }

    public Dictionary<string, byte[]> Records { get; init; } = [];

    public bool WritesFail { get; set; }

    /// <summary>Says yes and keeps nothing.</summary>
    public bool WritesLie { get; set; }

    /// <summary>The step of all writes at which the power goes; null for never.</summary>
    public int? CutAtStep { get; set; }

    public int Steps { get; private set; }

    /// <summary>Nothing more is written until <see cref="CutAtStep"/> is taken back.</summary>
    public bool IsCut => CutAtStep is int step && Steps > step;

    public int Read(string name, byte[] into)
    {
        Hook?.Invoke(nameof(Read));
        if (!Records.TryGetValue(name, out byte[]? record))
        {
            return -1;
        }

        record.AsSpan(0, Math.Min(record.Length, into.Length)).CopyTo(into);
        return record.Length;
    }

    public bool Write(string name, byte[] data, int count)
    {
        Hook?.Invoke(nameof(Write));
        if (WritesFail || WritesLie)
        {
            return WritesLie;
        }

        if (IsCut)
        {
            throw new PowerCutException();
        }

        // Before the first byte, after each, and once all are there but the caller has not heard.
        for (int written = -1; written <= count; written++)
        {
            if (written >= 0)
            {
                Records[name] = data[..written];
            }

            if (Steps++ == CutAtStep)
            {
                throw new PowerCutException();
            }
        }

        return true;
    }
}
