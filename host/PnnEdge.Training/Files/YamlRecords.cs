using System.Reflection;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace PnnEdge.Training.Files;

/// <summary>Records from YAML, every name that is not one of theirs refused.</summary>
public static class YamlRecords
{
    /// <param name="source">For the sentences.</param>
    /// <param name="whenEmpty">How the sentence about an empty file goes on.</param>
    /// <exception cref="InvalidDataException">One sentence: source, line, and what is wrong.</exception>
    public static T Parse<T>(string yaml, string source, string whenEmpty = "") where T : class
    {
        try
        {
            if (Tree(yaml) is YamlNode tree) { YamlShape.Require(tree, typeof(T), source); }
            return Reader().Deserialize<T?>(yaml) ?? throw new InvalidDataException($"{source} is empty{whenEmpty}.");
        }
        catch (YamlException wrong)
        {
            // The library wraps its own sentence around the one that says what is wrong.
            string reason = wrong.InnerException is null or InvalidOperationException ? wrong.Message : wrong.InnerException.Message;
            throw new InvalidDataException($"{source}, line {wrong.Start.Line}: {reason.ReplaceLineEndings(" ").TrimEnd('.')}.", wrong);
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

    /// <returns>Null for an empty file.</returns>
    private static YamlNode? Tree(string yaml)
    {
        var stream = new YamlStream();
        var parser = new Parser(new StringReader(yaml));
        try
        {
            stream.Load(parser);
        }
        catch (InvalidOperationException broken)
        {
            // The library's scanner ends so where a brace or bracket is one too many.
            Mark last = parser.Current?.End ?? Mark.Empty;
            throw new YamlException(last, last, "this is not YAML; look for braces and brackets without a partner", broken);
        }

        return stream.Documents is [YamlDocument first, ..] ? first.RootNode : null;
    }

    // Built for every file: a deserializer is not made for several threads.
    private static IDeserializer Reader() => new DeserializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .WithEnumNamingConvention(UnderscoredNamingConvention.Instance)
        .WithEnforceRequiredMembers()
        .WithEnforceNullability()
        .WithDuplicateKeyChecking()
        .Build();
}
