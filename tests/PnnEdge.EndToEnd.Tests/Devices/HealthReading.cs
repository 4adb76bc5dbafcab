using System.Text.Json;

namespace PnnEdge.EndToEnd.Tests.Devices;

/// <summary>What one <c>health</c> text of a device says of its memory.</summary>
/// <param name="Blocks">Stimulus blocks played since boot.</param>
/// <param name="FreeBytes">After a collection, on a board that has a collector.</param>
/// <param name="UptimeMillis">Since boot, ms.</param>
internal sealed record HealthReading(long Blocks, long FreeBytes, long UptimeMillis)
{
    public static HealthReading Parse(string text)
    {
        using JsonDocument json = JsonDocument.Parse(text);
        return new HealthReading(Number("blocksPlayed"), Number("freeMemoryBytes"), Number("uptimeMillis"));

        long Number(string name) => json.RootElement.GetProperty(name).GetInt64();
    }
}
