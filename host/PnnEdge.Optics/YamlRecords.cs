using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace PnnEdge.Optics;

/// <summary>Records from YAML, every name that is not one of theirs refused.</summary>
internal static class YamlRecords
{
    /// <param name="source">For the sentences.</param>
    /// <exception cref="InvalidDataException">One sentence: source, line, and what is wrong.</exception>
    public static T Parse<T>(string yaml, string source) where T : class
    {
        try
        {
            return Reader().Deserialize<T?>(yaml) ?? throw new InvalidDataException($"{source} is empty.");
        }
        catch (YamlException wrong)
        {
            string reason = (wrong.InnerException is null or InvalidOperationException ? wrong.Message : wrong.InnerException.Message).ReplaceLineEndings(" ").TrimEnd('.');
            throw new InvalidDataException($"{source}, line {wrong.Start.Line}: {reason}.", wrong);
        }
        catch (InvalidOperationException broken)
        {
            // The library's scanner ends so where a brace or bracket is one too many.
            throw new InvalidDataException($"{source} is not YAML; look for braces and brackets without a partner.", broken);
        }
    }

    /// <param name="kind">What the library calls a folder of them, such as <c>dialects</c>.</param>
    public static IReadOnlyList<string> Names(string kind) =>
    [
        .. typeof(YamlRecords).Assembly.GetManifestResourceNames().Where(name => name.StartsWith($"{kind}/", StringComparison.Ordinal))
            .Select(name => Path.GetFileNameWithoutExtension(name[(kind.Length + 1)..])).Order(StringComparer.Ordinal),
    ];

    /// <summary>One that came with the library, or a file.</summary>
    /// <exception cref="InvalidDataException">One sentence.</exception>
    public static T Load<T>(string kind, string nameOrPath) where T : class
    {
        using Stream? own = typeof(YamlRecords).Assembly.GetManifestResourceStream($"{kind}/{nameOrPath}.yaml");
        if (own is not null)
        {
            using var reader = new StreamReader(own);
            return Parse<T>(reader.ReadToEnd(), $"{nameOrPath}.yaml");
        }

        return File.Exists(nameOrPath)
            ? Parse<T>(File.ReadAllText(nameOrPath), nameOrPath)
            : throw new InvalidDataException($"There is no file {nameOrPath}, and none of these {kind} is called so: {string.Join(", ", Names(kind))}.");
    }

    private static IDeserializer Reader() => new DeserializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .WithEnumNamingConvention(UnderscoredNamingConvention.Instance)
        .WithEnforceRequiredMembers()
        .WithEnforceNullability()
        .WithDuplicateKeyChecking()
        .Build();
}
