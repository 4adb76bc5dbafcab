using System.Reflection;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace PnnEdge.Training.Files;

/// <summary>Records from YAML, every name that is not one of theirs refused.</summary>
public static class YamlRecords
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
            throw new InvalidDataException(Sentence(source, wrong), wrong);
        }
        catch (InvalidOperationException broken)
        {
            // The library's scanner ends so where a brace or bracket is one too many.
            throw new InvalidDataException($"{source} is not YAML; look for braces and brackets without a partner.", broken);
        }
    }

    /// <param name="library">Whose embedded files they are.</param>
    /// <param name="kind">What it calls a folder of them, such as <c>dialects</c>.</param>
    public static IReadOnlyList<string> Names(Assembly library, string kind) =>
    [
        .. library.GetManifestResourceNames().Where(name => name.StartsWith($"{kind}/", StringComparison.Ordinal))
            .Select(name => Path.GetFileNameWithoutExtension(name[(kind.Length + 1)..])).Order(StringComparer.Ordinal),
    ];

    /// <summary>One that came with the library, or a file.</summary>
    /// <exception cref="InvalidDataException">One sentence.</exception>
    public static T Load<T>(Assembly library, string kind, string nameOrPath) where T : class
    {
        using Stream? own = library.GetManifestResourceStream($"{kind}/{nameOrPath}.yaml");
        if (own is not null)
        {
            using var reader = new StreamReader(own);
            return Parse<T>(reader.ReadToEnd(), $"{nameOrPath}.yaml");
        }

        return File.Exists(nameOrPath)
            ? Parse<T>(File.ReadAllText(nameOrPath), nameOrPath)
            : throw new InvalidDataException($"There is no file {nameOrPath}, and none of these {kind} is called so: {string.Join(", ", Names(library, kind))}.");
    }

    /// <summary>The library's own sentence, without the one that it wraps around it.</summary>
    internal static string Sentence(string source, YamlException wrong)
    {
        string reason = wrong.InnerException is null or InvalidOperationException ? wrong.Message : wrong.InnerException.Message;
        return $"{source}, line {wrong.Start.Line}: {reason.ReplaceLineEndings(" ").TrimEnd('.')}.";
    }

    // Built for every file: a deserializer is not made for several threads.
    internal static IDeserializer Reader() => new DeserializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .WithEnumNamingConvention(UnderscoredNamingConvention.Instance)
        .WithEnforceRequiredMembers()
        .WithEnforceNullability()
        .WithDuplicateKeyChecking()
        .Build();
}
