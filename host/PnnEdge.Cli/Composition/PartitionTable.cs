using System.Buffers.Binary;

namespace PnnEdge.Cli.Composition;

/// <summary>Where the areas of a board's flash begin, from the table that is flashed with them: entries of 32 bytes (ESP-IDF, "Partition Tables", binary form).</summary>
internal static class PartitionTable
{
    private const int EntryBytes = 32;
    private const ushort EntryMagic = 0x50AA;
    private const byte Data = 1;

    /// <summary>nf-interpreter, targets/ESP32/_IDF/esp32/partitions_nanoclr_4mb.csv: the area of managed code.</summary>
    private const byte Deployment = 0x84;

    /// <returns>First byte of the area of managed code; null where the table has none.</returns>
    public static uint? DeploymentOffset(ReadOnlySpan<byte> table)
    {
        for (; table.Length >= EntryBytes && BinaryPrimitives.ReadUInt16LittleEndian(table) == EntryMagic; table = table[EntryBytes..])
        {
            if (table[2] == Data && table[3] == Deployment) { return BinaryPrimitives.ReadUInt32LittleEndian(table[4..]); }
        }

        return null;
    }
}
