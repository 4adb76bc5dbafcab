namespace PnnEdge.NanoSubset.Tests.Checks;

/// <summary>The members of the device's libraries that the product may use; reviewed by hand, one a line.</summary>
public sealed class NanoAllowList
{
    private readonly HashSet<string> _entries;
    private readonly HashSet<string> _typesOfMembers;

    /// <param name="lines">Entries; empty lines and what follows a # are left out.</param>
    public NanoAllowList(IEnumerable<string> lines)
    {
        Entries = [.. lines.Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0)];
        _entries = [.. Entries];
        _typesOfMembers = [.. Entries.Select(TypeOf).OfType<string>()];
    }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<string> Entries { get; }

    /// <summary>For the wire, the core and the drivers.</summary>
    public static NanoAllowList Product { get; } = new(Lines("NanoAllowList.txt"));

    /// <summary>What the board project may use beside that.</summary>
    public static NanoAllowList BoardAlone { get; } = new(Lines("NanoBoardAllowList.txt"));

    public static NanoAllowList Board { get; } = new(Product.Entries.Concat(BoardAlone.Entries));

    public bool HasMember(string member) => _entries.Contains(member);

    /// <summary>A type comes with any of its members, or alone where only its name is used.</summary>
    public bool HasType(string type) => _entries.Contains(type) || _typesOfMembers.Contains(type);

    private static IEnumerable<string> Lines(string file) => File.ReadLines(Path.Combine(AppContext.BaseDirectory, file));

    /// <summary>Methods only: <c>System.Exception..ctor(string)</c> gives <c>System.Exception</c>; a field or type gives none.</summary>
    private static string? TypeOf(string entry)
    {
        int parameters = entry.IndexOf('(', StringComparison.Ordinal);
        if (parameters < 0)
        {
            return null;
        }

        int name = entry.LastIndexOf('.', parameters - 1);
        return entry[name - 1] == '.' ? entry[..(name - 1)] : entry[..name];
    }
}
