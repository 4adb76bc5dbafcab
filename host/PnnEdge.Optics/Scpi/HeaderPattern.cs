using System.Text.RegularExpressions;

namespace PnnEdge.Optics.Scpi;

/// <summary>
/// A command's header as manuals print it: capitals are the short form, brackets what may be left out, such as
/// <c>[SENSe:]AVERage:COUNt</c> or <c>TRACe[:DATA]:Y?</c> (SCPI-99 volume 1, 6.2.1 and 6.2.2).
/// </summary>
public sealed partial class HeaderPattern
{
    private readonly Node[] _nodes;

    private HeaderPattern(Node[] nodes, bool isQuery) => (_nodes, IsQuery) = (nodes, isQuery);

    private readonly record struct Node(string Short, string Long, bool IsOptional)
    {
        public bool Is(string mnemonic) =>
            mnemonic.Equals(Short, StringComparison.OrdinalIgnoreCase) || mnemonic.Equals(Long, StringComparison.OrdinalIgnoreCase);
    }

    public bool IsQuery { get; }

    /// <summary>As a controller sends it: short, all that may be left out left out.</summary>
    public string Shortest => string.Join(':', _nodes.Where(node => !node.IsOptional).Select(node => node.Short)) + (IsQuery ? "?" : "");

    /// <exception cref="FormatException">It is not a header.</exception>
    public static HeaderPattern Parse(string text)
    {
        string body = text.TrimEnd('?');
        Match whole = Header().Match(body);
        if (!whole.Success || text.Length - body.Length > 1)
        {
            throw new FormatException($"'{text}' is not the header of a command; one looks like SYSTem:ERRor? or TRACe[:DATA].");
        }

        Node[] nodes = [.. whole.Groups["node"].Captures.Select(node =>
        {
            string mnemonic = node.Value.Trim('[', ']', ':');
            string brief = string.Concat(mnemonic.Where(c => !char.IsAsciiLetterLower(c)));
            return new Node(brief, mnemonic.ToUpperInvariant(), node.Value[0] == '[');
        })];
        return new HeaderPattern(nodes, text.Length > body.Length);
    }

    /// <param name="header">From the root on, without a colon before it; with its question mark.</param>
    public bool Matches(string header)
    {
        bool isQuery = header.EndsWith('?');
        string[] mnemonics = (isQuery ? header[..^1] : header).Split(':');
        return isQuery == IsQuery && Matches(mnemonics, 0);
    }

    private bool Matches(ReadOnlySpan<string> mnemonics, int node)
    {
        if (node == _nodes.Length) { return mnemonics.IsEmpty; }
        return (!mnemonics.IsEmpty && _nodes[node].Is(mnemonics[0]) && Matches(mnemonics[1..], node + 1))
            || (_nodes[node].IsOptional && Matches(mnemonics, node + 1));
    }

    [GeneratedRegex(@"^:?(?<node>\[:?[A-Za-z][A-Za-z0-9_]*:?\]|:?\*?[A-Za-z][A-Za-z0-9_]*)+$", RegexOptions.ExplicitCapture)]
    private static partial Regex Header();
}
