using System.Globalization;
using System.Text;

namespace PnnEdge.Optics.Scpi;

/// <summary>One command of a message: its header from the root on, and its parameters as they were sent.</summary>
/// <param name="Header">Without a colon before it.</param>
public sealed record ProgramUnit(string Header, IReadOnlyList<byte[]> Parameters)
{
    public string Word(int index) => Encoding.Latin1.GetString(Parameters[index]).Trim();

    /// <exception cref="ScpiRefusalException">It is none.</exception>
    public double Number(int index) =>
        double.TryParse(Word(index), NumberStyles.Float & ~NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new ScpiRefusalException(-104, $"'{Shown(Word(index))}' is not a number");

    /// <exception cref="ScpiRefusalException">It is none.</exception>
    public byte[] Block(int index) =>
        DefiniteBlock.TryRead(Parameters[index], out ReadOnlySpan<byte> data) ? data.ToArray() : throw new ScpiRefusalException(-161);

    /// <summary>What an error may quote: short and printable.</summary>
    public static string Shown(string text) => string.Concat(text.Take(40).Select(c => c is > ' ' and < (char)127 and not '"' and not ';' ? c : '.'));
}
