using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PnnEdge.Cli.Results;

/// <summary>How this command writes JSON: snake_case names, numbers as they are (NaN and infinities as null), one line or indented.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions OneLine = Make(indented: false);
    private static readonly JsonSerializerOptions Indented = Make(indented: true);

    public static string Line<T>(T value) => JsonSerializer.Serialize(value, OneLine);

    public static string Page<T>(T value) => JsonSerializer.Serialize(value, Indented) + "\n";

    public static T? Read<T>(string text) => JsonSerializer.Deserialize<T>(text, OneLine);

    private static JsonSerializerOptions Make(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = indented,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new FiniteOrNull(), new NumbersOnOneLine(), new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Hundreds of numbers are one line of an indented page, not hundreds of lines.</summary>
    private sealed class NumbersOnOneLine : JsonConverter<double[]>
    {
        public override double[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartArray) { throw new JsonException("numbers in brackets are expected"); }
            List<double> numbers = [];
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                numbers.Add(reader.TokenType switch
                {
                    JsonTokenType.Null => double.NaN,
                    JsonTokenType.Number => reader.GetDouble(),
                    _ => throw new JsonException("numbers in brackets are expected"),
                });
            }

            return [.. numbers];
        }

        public override void Write(Utf8JsonWriter writer, double[] value, JsonSerializerOptions options) =>
            writer.WriteRawValue($"[{string.Join(", ", value.Select(v => double.IsFinite(v) ? v.ToString("R", CultureInfo.InvariantCulture) : "null"))}]");
    }

    /// <summary>JSON has no NaN: a figure that was not measured is null, and null is read back as NaN.</summary>
    private sealed class FiniteOrNull : JsonConverter<double>
    {
        public override bool HandleNull => true;

        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value)) { writer.WriteNumberValue(value); }
            else { writer.WriteNullValue(); }
        }
    }
}
