namespace PnnEdge.Wire.Tests.Document;

/// <summary>The document and the golden frames, as they were when this assembly was built.</summary>
internal static class Resources
{
    internal static string ReadText(string name)
    {
        using Stream stream = typeof(Resources).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"Asked for the resource {name}; the test assembly holds none of that name.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    internal static IEnumerable<string> Vectors() =>
        typeof(Resources).Assembly.GetManifestResourceNames().Where(n => n.StartsWith("vectors/", StringComparison.Ordinal)).Select(n => n["vectors/".Length..]).Order();
}
