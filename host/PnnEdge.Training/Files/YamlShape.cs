using System.Collections;
using System.Globalization;
using System.Reflection;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace PnnEdge.Training.Files;

/// <summary>
/// Whether a YAML tree has the settings of a record and values of their kinds: the reader's own sentences name types and not what is possible.
/// </summary>
internal static class YamlShape
{
    private static readonly INamingConvention Naming = UnderscoredNamingConvention.Instance;

    /// <exception cref="InvalidDataException">One sentence: source, line, what was asked and what is possible.</exception>
    public static void Require(YamlNode node, Type type, string source) => Require(node, type, source, name: string.Empty);

    private static void Require(YamlNode node, Type type, string source, string name)
    {
        Type kind = Nullable.GetUnderlyingType(type) ?? type;
        if (kind != type && node is YamlScalarNode { Value: null or "" or "~" or "null" }) { return; }
        if (Settings(kind) is { Count: > 0 } settings)
        {
            RequireSection(node, settings, source, name);
        }
        else if (kind.IsAssignableTo(typeof(IDictionary)))
        {
            if (node is not YamlMappingNode named) { throw Wrong(node, source, name, "a section of names"); }
            foreach ((YamlNode key, YamlNode value) in named) { Require(value, kind.GetGenericArguments()[^1], source, Inside(name, key.ToString())); }
        }
        else if (kind.IsArray)
        {
            if (node is not YamlSequenceNode list) { throw Wrong(node, source, name, "a list, such as [1, 2]"); }
            foreach (YamlNode item in list) { Require(item, kind.GetElementType()!, source, name); }
        }
        else if (node is not YamlScalarNode { Value: string text } || !Reads(text, kind))
        {
            throw Wrong(node, source, name, Possible(kind));
        }
    }

    private static void RequireSection(YamlNode node, IReadOnlyDictionary<string, PropertyInfo> settings, string source, string name)
    {
        string possible = string.Join(", ", settings.Keys);
        if (node is not YamlMappingNode section) { throw Wrong(node, source, name, $"the settings {possible}"); }
        foreach ((YamlNode key, YamlNode value) in section)
        {
            string asked = (key as YamlScalarNode)?.Value ?? string.Empty;
            if (!settings.TryGetValue(asked, out PropertyInfo? setting))
            {
                throw Refused(key, source, $"there is no setting {Inside(name, asked)}; possible {(name.Length == 0 ? "are" : $"in {name} are")} {possible}");
            }

            Require(value, setting.PropertyType, source, Inside(name, asked));
        }

        string? missing = settings.FirstOrDefault(setting => IsRequired(setting.Value) && !section.Children.ContainsKey(new YamlScalarNode(setting.Key))).Key;
        if (missing is not null) { throw Refused(node, source, $"{Inside(name, missing)} is missing"); }
    }

    // The settings of a section: what a file can set of one of our records.
    private static Dictionary<string, PropertyInfo> Settings(Type type) => type.Namespace?.StartsWith("PnnEdge.", StringComparison.Ordinal) != true || type.IsEnum ? []
        : type.GetProperties().Where(property => property.CanWrite).ToDictionary(property => Naming.Apply(property.Name));

    private static bool IsRequired(PropertyInfo property) => property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute));

    // No stricter than the reader.
    private static bool Reads(string text, Type kind) => kind.IsEnum ? Enum.GetNames(kind).Select(Naming.Apply).Contains(text)
        : kind == typeof(bool) ? text.ToUpperInvariant() is "TRUE" or "FALSE" or "YES" or "NO" or "ON" or "OFF" or "Y" or "N"
        : kind == typeof(int) ? int.TryParse(Digits(text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) || IsHexadecimal(text)
        : kind == typeof(ulong) ? ulong.TryParse(Digits(text), NumberStyles.None, CultureInfo.InvariantCulture, out _)
        : kind == typeof(string) ? text.Length > 0
        : text.ToUpperInvariant() is ".NAN" or ".INF" or "-.INF" or "+.INF" || double.TryParse(Digits(text), NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static bool IsHexadecimal(string text) => text.StartsWith("0x", StringComparison.Ordinal) && int.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _);

    // YAML 1.1 lets digits be grouped.
    private static string Digits(string text) => text.Replace("_", string.Empty, StringComparison.Ordinal);

    private static string Possible(Type kind) => kind.IsEnum ? string.Join(", ", Enum.GetNames(kind).Select(Naming.Apply))
        : kind == typeof(bool) ? "true or false"
        : kind == typeof(int) || kind == typeof(ulong) ? "a whole number"
        : kind == typeof(string) ? "a word"
        : "a number";

    private static InvalidDataException Wrong(YamlNode node, string source, string name, string possible)
    {
        string asked = node switch
        {
            YamlScalarNode { Value: { Length: > 0 } value } => $"\"{value.ReplaceLineEndings(" ")}\"",
            YamlScalarNode => "nothing",
            YamlSequenceNode => "a list",
            _ => "a section",
        };
        return Refused(node, source, $"asked {(name.Length == 0 ? "the file" : name)} for {asked}; possible is {possible}");
    }

    private static InvalidDataException Refused(YamlNode at, string source, string sentence) => new($"{source}, line {at.Start.Line}: {sentence}.");

    private static string Inside(string section, string name) => section.Length == 0 ? name : $"{section}.{name}";
}
