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
        Converters = { new FiniteOrNull(), new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

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
