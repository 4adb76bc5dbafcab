using System.Text;
using System.Text.RegularExpressions;

namespace PnnEdge.Wire.Tests.Document;

/// <summary>WIRE.md, read as data: clause ids, the tables that make the protocol's hash, and the state matrix.</summary>
internal static partial class WireDocument
{
    private static readonly string Text = Resources.ReadText("WIRE.md").ReplaceLineEndings("\n");

    internal static IReadOnlyList<string> ClauseIds { get; } =
        ClauseId().Matches(Text).Select(m => m.Groups[1].Value).ToArray();

    /// <summary>[title] → [row][cell]; column headings and rulers left out.</summary>
    internal static IReadOnlyDictionary<string, List<string[]>> Tables { get; } = ReadTables();

    /// <summary>Column headings, then one row per state.</summary>
    internal static string[][] Matrix { get; } =
        Between("matrix").Split('\n').Where(l => l.StartsWith('|') && !IsRuler(l)).Select(Cells).ToArray();

    /// <summary>The bytes over which Protocol.Hash is computed, as the section "Tables" of WIRE.md says.</summary>
    internal static byte[] Normalised()
    {
        StringBuilder lines = new();
        foreach ((string title, List<string[]> rows) in Tables)
        {
            lines.Append(title).Append('\n');
            foreach (string[] row in rows)
            {
                lines.Append(string.Join('|', row[..^1])).Append('\n');
            }
        }

        return Encoding.UTF8.GetBytes(lines.ToString());
    }

    private static Dictionary<string, List<string[]>> ReadTables()
    {
        Dictionary<string, List<string[]>> tables = [];
        List<string[]>? current = null;
        bool headingSeen = false;
        foreach (string line in Between("tables").Split('\n'))
        {
            if (line.StartsWith("### ", StringComparison.Ordinal))
            {
                current = [];
                tables.Add(line[4..].Trim(), current);
                headingSeen = false;
            }
            else if (line.StartsWith('|') && !IsRuler(line))
            {
                if (headingSeen)
                {
                    current!.Add(Cells(line));
                }

                headingSeen = true;
            }
        }

        return tables;
    }

    private static string[] Cells(string line) => line.Trim().Trim('|').Split('|').Select(c => c.Trim()).ToArray();

    private static bool IsRuler(string line) => line.StartsWith("|---", StringComparison.Ordinal);

    private static string Between(string mark)
    {
        string begin = $"<!-- {mark}:begin -->";
        int from = Text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        return Text[from..Text.IndexOf($"<!-- {mark}:end -->", StringComparison.Ordinal)];
    }

    [GeneratedRegex(@"^- \*\*([A-Z]-[0-9]+)\*\* ", RegexOptions.Multiline)]
    private static partial Regex ClauseId();
}
