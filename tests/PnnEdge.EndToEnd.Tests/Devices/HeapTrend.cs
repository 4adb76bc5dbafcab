namespace PnnEdge.EndToEnd.Tests.Devices;

/// <summary>Whether free memory falls while blocks are played.</summary>
internal static class HeapTrend
{
    /// <summary>
    /// What 1,000 blocks may cost, bytes. The interpreter's heap gives out pieces of 12 bytes (CLR_RT_HeapBlock in nf-interpreter's nanoCLR_Runtime__HeapBlock.h):
    /// this is less than one of them for every 24 blocks, and less than 24 bytes, the smallest object with one field, for each heartbeat of a minute and
    /// a half. A firmware that leaks nothing has shown 0, because each reading follows a collection at the same place of the loop.
    /// </summary>
    public const double MostLostBytes = 500;

    /// <summary>The median of the slopes between all pairs (Theil 1950, Sen 1968): a reading that found a frame on its way does not move it.</summary>
    /// <returns>Bytes in 1,000 blocks; negative where memory is lost.</returns>
    public static double BytesPerThousandBlocks(IReadOnlyList<HealthReading> readings)
    {
        double[] slopes =
        [
            .. from i in Enumerable.Range(0, readings.Count)
               from j in Enumerable.Range(i + 1, readings.Count - i - 1)
               let blocks = readings[j].Blocks - readings[i].Blocks
               where blocks > 0
               let slope = 1000.0 * (readings[j].FreeBytes - readings[i].FreeBytes) / blocks
               orderby slope
               select slope,
        ];
        return slopes.Length == 0
            ? throw new ArgumentException("A trend needs two readings with blocks played between them.", nameof(readings))
            : (slopes[(slopes.Length - 1) / 2] + slopes[slopes.Length / 2]) / 2;
    }
}
