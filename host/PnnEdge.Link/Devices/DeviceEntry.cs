using System.Text.Json;
using PnnEdge.Link.Transport;
using PnnEdge.Wire;

namespace PnnEdge.Link.Devices;

/// <summary>What a broker knows of one device from its retained texts.</summary>
/// <param name="State">One of the five words of <c>$state</c>, or empty when the device never said one.</param>
/// <param name="Work">safe, idle, armed or fault, from <c>status</c>; empty when unknown.</param>
public sealed record DeviceEntry(
    DeviceAddress Address, string State, string Work, string Board, string Firmware, uint Serial, bool Simulated, uint Epoch)
{
    public bool IsReady => State == Topics.StateReady;

    internal static DeviceEntry Empty(DeviceAddress address) => new(address, string.Empty, string.Empty, string.Empty, string.Empty, 0, false, 0);

    /// <summary>Other texts than the five words are no statement.</summary>
    internal DeviceEntry WithState(string text) => Topics.IsStateText(text) ? this with { State = text } : this;

    /// <summary>Texts that are no JSON object with the known fields leave the entry as it was.</summary>
    internal DeviceEntry WithStatus(string text)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            JsonElement root = json.RootElement;
            return root.ValueKind != JsonValueKind.Object ? this : this with
            {
                Work = Text(root, "state"),
                Board = Text(root, "board"),
                Firmware = Text(root, "firmware"),
                Serial = Number(root, "serial"),
                Simulated = root.TryGetProperty("simulated", out JsonElement simulated) && simulated.ValueKind == JsonValueKind.True,
                Epoch = Number(root, "epoch"),
            };
        }
        catch (JsonException)
        {
            return this;
        }
    }

    private static string Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : string.Empty;

    private static uint Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetUInt32(out uint number) ? number : 0;
}
