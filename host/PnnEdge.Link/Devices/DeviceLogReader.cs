using System.Text.Json;

namespace PnnEdge.Link.Devices;

/// <summary>One line of a device's own log.</summary>
/// <param name="BootId">Of the boot that it belongs to.</param>
/// <param name="Number">From 1 on since that boot.</param>
/// <param name="Millis">The device's clock, ms.</param>
/// <param name="Missed">How many between it and the one before this reader never saw.</param>
public sealed record DeviceLogLine(uint BootId, uint Number, long Millis, string Text, uint Missed);

/// <summary>A device tells its newest lines again with every text: this finds those that were not there before.</summary>
public sealed class DeviceLogReader
{
    private uint? _bootId;
    private uint _newest;

    /// <returns>The new lines in order; none where the text is no log.</returns>
    public IReadOnlyList<DeviceLogLine> Take(string text)
    {
        List<DeviceLogLine> lines = [];
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            uint bootId = json.RootElement.GetProperty("bootId").GetUInt32();
            bool joins = _bootId is null; // what was before this reader it did not miss
            if (bootId != _bootId) { (_bootId, _newest) = (bootId, 0); }
            foreach (JsonElement line in json.RootElement.GetProperty("lines").EnumerateArray())
            {
                uint number = line.GetProperty("n").GetUInt32();
                if (joins) { (joins, _newest) = (false, number - 1); }
                if (number <= _newest) { continue; }
                lines.Add(new DeviceLogLine(bootId, number, line.GetProperty("millis").GetInt64(), line.GetProperty("text").GetString() ?? string.Empty, number - _newest - 1));
                _newest = number;
            }
        }
        catch (Exception notOurs) when (notOurs is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            // Another text than WIRE.md's T-6 says nothing.
        }

        return lines;
    }
}
