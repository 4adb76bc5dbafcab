using System.Text.Json;
using System.Text.Unicode;

namespace PnnEdge.Interchange.SafeTensors;

/// <summary>Where one tensor lies in the data.</summary>
internal readonly record struct SafeTensorsEntry(string Name, ElementType Type, int[] Shape, long Begin, long End);

/// <summary>The JSON in front of the data: {name: {dtype, shape, data_offsets}}, and free text under <c>__metadata__</c>.</summary>
internal static class SafeTensorsHeader
{
    private const string NotesName = "__metadata__";
    private const int AlignmentBytes = 8;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 4 };

    /// <param name="order">As they lie in the data.</param>
    public static byte[] Write(IReadOnlyList<KeyValuePair<string, Tensor>> order, IDictionary<string, string> notes)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            if (notes.Count > 0)
            {
                json.WriteStartObject(NotesName);
                foreach ((string key, string text) in notes) { json.WriteString(key, text); }
                json.WriteEndObject();
            }

            long at = 0;
            foreach ((string name, Tensor tensor) in order)
            {
                if (name == NotesName) { throw new ArgumentException($"A tensor cannot be named {NotesName}: the format keeps that name for its notes."); }
                json.WriteStartObject(name);
                json.WriteString("dtype", ElementTypes.NameOf(tensor.Type));
                WriteNumbers(json, "shape", tensor.Shape.Select(n => (long)n));
                WriteNumbers(json, "data_offsets", [at, at + tensor.Bytes.Length]);
                json.WriteEndObject();
                at += tensor.Bytes.Length;
            }

            json.WriteEndObject();
        }

        while (stream.Length % AlignmentBytes != 0) { stream.WriteByte((byte)' '); }
        return stream.ToArray();
    }

    /// <param name="notes">Added to.</param>
    /// <exception cref="InvalidDataException">One clause: what is wrong.</exception>
    public static List<SafeTensorsEntry> Read(ReadOnlyMemory<byte> header, IDictionary<string, string> notes)
    {
        if (header.IsEmpty || header.Span[0] != '{') { throw new InvalidDataException("its header does not begin with '{'"); }
        if (!Utf8.IsValid(header.Span)) { throw new InvalidDataException("its header is not UTF-8"); }
        try
        {
            using JsonDocument json = JsonDocument.Parse(header, Strict);
            var entries = new List<SafeTensorsEntry>();
            foreach (JsonProperty property in json.RootElement.EnumerateObject())
            {
                if (property.Name == NotesName) { ReadNotes(property.Value, notes); }
                else { entries.Add(Entry(property)); }
            }

            return entries;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // A name with half a surrogate pair is found out only where it is taken as text.
            throw new InvalidDataException($"its header is not JSON as it should be: {OneLine(broken.Message)}", broken);
        }
    }

    private static void ReadNotes(JsonElement of, IDictionary<string, string> notes)
    {
        if (of.ValueKind != JsonValueKind.Object) { throw new InvalidDataException($"its {NotesName} is no object"); }
        foreach (JsonProperty note in of.EnumerateObject())
        {
            notes[note.Name] = note.Value.ValueKind == JsonValueKind.String
                ? note.Value.GetString()!
                : throw new InvalidDataException($"its {NotesName} has a {note.Value.ValueKind} where only text is allowed");
        }
    }

    private static SafeTensorsEntry Entry(JsonProperty property)
    {
        string name = property.Name;
        JsonElement of = property.Value;
        if (of.ValueKind != JsonValueKind.Object || of.EnumerateObject().Count() != 3
            || !of.TryGetProperty("dtype", out JsonElement type) || type.ValueKind != JsonValueKind.String
            || !of.TryGetProperty("shape", out JsonElement shape) || !of.TryGetProperty("data_offsets", out JsonElement place))
        {
            throw new InvalidDataException($"tensor {name} is not described by dtype, shape and data_offsets");
        }

        ElementType known = ElementTypes.Named(type.GetString()!)
            ?? throw new InvalidDataException($"tensor {name} has elements of {type.GetString()}; read here are {string.Join(", ", Enum.GetValues<ElementType>().Select(ElementTypes.NameOf))}");
        long[] offsets = Numbers(place, name, "data_offsets");
        long[] axes = Numbers(shape, name, "shape");
        return offsets.Length == 2 && axes.All(n => n <= int.MaxValue)
            ? new SafeTensorsEntry(name, known, [.. axes.Select(n => (int)n)], offsets[0], offsets[1])
            : throw new InvalidDataException($"tensor {name} has {offsets.Length} offsets, or an axis beyond {int.MaxValue}");
    }

    private static long[] Numbers(JsonElement of, string name, string what) => of.ValueKind == JsonValueKind.Array
        ? [.. of.EnumerateArray().Select(n => n.ValueKind == JsonValueKind.Number && n.TryGetInt64(out long value) && value >= 0
            ? value
            : throw new InvalidDataException($"tensor {name} has a {what} that is not of whole numbers from 0 on"))]
        : throw new InvalidDataException($"tensor {name} has a {what} that is no array");

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers) { json.WriteNumberValue(number); }
        json.WriteEndArray();
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").TrimEnd('.');
}
