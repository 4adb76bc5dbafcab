using System.Text;

namespace PnnEdge.Hardware.Tests.Tables;

/// <summary>A comma-separated table with a heading; cells may stand in quotes.</summary>
internal static class CsvTable
{
    /// <returns>Per row, its cells by the heading's names.</returns>
    public static List<Dictionary<string, string>> Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        string[] heading = Cells(lines[0]);
        return [.. lines.Skip(1).Select(line => Row(path, heading, Cells(line)))];
    }

    private static Dictionary<string, string> Row(string path, string[] heading, string[] cells) => cells.Length == heading.Length
        ? heading.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second)
        : throw new FormatException($"{path}: a row has {cells.Length} cells, its heading {heading.Length}: {string.Join(" | ", cells)}");

    private static string[] Cells(string line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        bool quoted = false;
        for (int at = 0; at < line.Length; at++)
        {
            if (line[at] == '"' && quoted && at + 1 < line.Length && line[at + 1] == '"')
            {
                cell.Append('"');
                at++;
            }
            else if (line[at] == '"') { quoted = !quoted; }
            else if (line[at] == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else { cell.Append(line[at]); }
        }

        return [.. cells, cell.ToString()];
    }
}
