using System.Text;
using Spectre.Console;

namespace PnnEdge.Cli.Rendering;

/// <summary>One table: a sentence above, then columns and rows of text.</summary>
/// <param name="Rows">[row][column].</param>
internal sealed record Sheet(string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>Sheets on a terminal and in a Markdown file.</summary>
internal static class SheetText
{
    public static void Write(IAnsiConsole console, IReadOnlyList<Sheet> sheets)
    {
        foreach (Sheet sheet in sheets)
        {
            console.WriteLine(sheet.Caption);
            var table = new Table { Border = TableBorder.Rounded };
            foreach (string column in sheet.Columns) { table.AddColumn(column); }
            foreach (IReadOnlyList<string> row in sheet.Rows) { table.AddRow([.. row.Select(cell => new Text(cell))]); }
            console.Write(table);
        }
    }

    /// <param name="origin">Where the figures come from, one sentence.</param>
    public static string Markdown(IReadOnlyList<Sheet> sheets, string origin)
    {
        var page = new StringBuilder(origin).Append('\n');
        foreach (Sheet sheet in sheets)
        {
            page.Append('\n').Append(sheet.Caption).Append("\n\n");
            Line(page, sheet.Columns);
            Line(page, [.. sheet.Columns.Select(_ => "---")]);
            foreach (IReadOnlyList<string> row in sheet.Rows) { Line(page, [.. row.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))]); }
        }

        return page.ToString();
    }

    private static void Line(StringBuilder page, IReadOnlyList<string> cells) => page.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
