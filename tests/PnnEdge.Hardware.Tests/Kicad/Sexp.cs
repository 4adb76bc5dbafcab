using System.Globalization;
using System.Text;

namespace PnnEdge.Hardware.Tests.Kicad;

/// <summary>A word or a list of KiCad's files.</summary>
/// <param name="Text">Of a word; empty for a list.</param>
/// <param name="Items">Of a list; empty for a word.</param>
internal sealed record Sexp(string Text, IReadOnlyList<Sexp> Items)
{
    public string Head => Items.Count > 0 ? Items[0].Text : "";

    public IEnumerable<Sexp> Lists(string head) => Items.Where(item => item.Head == head);

    public Sexp List(string head) => Lists(head).First();

    public string Word(int at) => Items[at].Text;

    public double Number(int at) => double.Parse(Items[at].Text, CultureInfo.InvariantCulture);

    /// <exception cref="FormatException">A parenthesis has no partner.</exception>
    public static Sexp Parse(string text)
    {
        var open = new Stack<List<Sexp>>();
        open.Push([]);
        for (int at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '(':
                    open.Push([]);
                    break;
                case ')' when open.Count > 1:
                    var closed = new Sexp("", open.Pop());
                    open.Peek().Add(closed);
                    break;
                case ')':
                    throw new FormatException($"Character {at} closes a list that was never opened.");
                case '"':
                    open.Peek().Add(Quoted(text, ref at));
                    break;
                case char c when !char.IsWhiteSpace(c):
                    int begin = at;
                    while (at + 1 < text.Length && text[at + 1] is not ('(' or ')') && !char.IsWhiteSpace(text[at + 1])) { at++; }
                    open.Peek().Add(new Sexp(text[begin..(at + 1)], []));
                    break;
                default:
                    break;
            }
        }

        return open.Count == 1 && open.Peek().Count == 1 ? open.Peek()[0] : throw new FormatException("The file is not one closed list.");
    }

    private static Sexp Quoted(string text, ref int at)
    {
        var word = new StringBuilder();
        for (at++; text[at] != '"'; at++)
        {
            if (text[at] == '\\') { at++; }
            word.Append(text[at]);
        }

        return new Sexp(word.ToString(), []);
    }
}
