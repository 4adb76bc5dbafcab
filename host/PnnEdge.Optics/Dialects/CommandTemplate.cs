using System.Globalization;
using System.Text;
using PnnEdge.Optics.Scpi;

namespace PnnEdge.Optics.Dialects;

/// <summary>One message of a dialect, such as <c>[SENSe:]AVERage:COUNt {count}</c>: a controller fills it in, the simulated table recognises it.</summary>
public sealed class CommandTemplate
{
    private readonly HeaderPattern _header;

    private CommandTemplate(HeaderPattern header, string[] parameters) => (_header, Parameters) = (header, parameters);

    /// <summary>Words as they are sent, or <c>{value}</c>, <c>{count}</c>, <c>{block}</c>.</summary>
    public IReadOnlyList<string> Parameters { get; }

    public bool IsQuery => _header.IsQuery;

    public bool HasHeader(string header) => _header.Matches(header);

    /// <exception cref="FormatException">One sentence.</exception>
    public static CommandTemplate Parse(string text)
    {
        string[] parts = text.Trim().Split(' ', 2);
        string[] parameters = parts.Length == 1 ? [] : [.. parts[1].Split(',').Select(parameter => parameter.Trim())];
        string? unknown = parameters.FirstOrDefault(parameter => parameter.Contains('{') && !IsPlace(parameter));
        return unknown is null
            ? new CommandTemplate(HeaderPattern.Parse(parts[0]), parameters)
            : throw new FormatException($"'{text}' has a place {unknown}; there are {{value}}, {{count}} and {{block}}.");
    }

    /// <param name="argument">For the template's place; ignored where it has none.</param>
    public byte[] Fill(CommandArgument argument)
    {
        List<byte> message = [.. Encoding.ASCII.GetBytes(_header.Shortest)];
        for (int i = 0; i < Parameters.Count; i++)
        {
            message.Add((byte)(i == 0 ? ' ' : ','));
            message.AddRange(Parameters[i] switch
            {
                "{block}" => DefiniteBlock.Of(argument.Block),
                "{value}" => Encoding.ASCII.GetBytes(argument.Value.ToString("R", CultureInfo.InvariantCulture)),
                "{count}" => Encoding.ASCII.GetBytes(argument.Count.ToString(CultureInfo.InvariantCulture)),
                string word => Encoding.ASCII.GetBytes(ShortForm(word)),
            });
        }

        return [.. message];
    }

    /// <summary>Whether the command's parameters are the template's, of which ON and 1, OFF and 0 are the same (SCPI-99 volume 1, 7.3).</summary>
    public bool Takes(ProgramUnit unit)
    {
        if (unit.Parameters.Count != Parameters.Count) { return false; }
        for (int i = 0; i < Parameters.Count; i++)
        {
            if (!IsPlace(Parameters[i]) && !SameWord(Parameters[i], unit.Word(i))) { return false; }
        }

        return true;
    }

    /// <exception cref="ScpiRefusalException">A parameter is not what its place takes.</exception>
    public CommandArgument Read(ProgramUnit unit)
    {
        CommandArgument argument = default;
        for (int i = 0; i < Parameters.Count; i++)
        {
            argument = Parameters[i] switch
            {
                "{block}" => argument with { Block = unit.Block(i) },
                "{value}" => argument with { Value = unit.Number(i) },
                "{count}" => argument with { Count = Whole(unit.Word(i)) },
                _ => argument,
            };
        }

        return argument;
    }

    private static ulong Whole(string word) =>
        ulong.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out ulong count) ? count : throw new ScpiRefusalException(-104, $"'{ProgramUnit.Shown(word)}' is not a whole number");

    private static bool IsPlace(string parameter) => parameter is "{value}" or "{count}" or "{block}";

    // Words are printed as headers are: capitals are the short form.
    private static string ShortForm(string word) => string.Concat(word.Where(c => !char.IsAsciiLetterLower(c)));

    private static bool SameWord(string asked, string sent) => asked.Equals(sent, StringComparison.OrdinalIgnoreCase)
        || ShortForm(asked).Equals(sent, StringComparison.OrdinalIgnoreCase)
        || (asked.Equals("ON", StringComparison.OrdinalIgnoreCase) && sent == "1") || (asked.Equals("OFF", StringComparison.OrdinalIgnoreCase) && sent == "0");
}

/// <summary>What goes into a command's place.</summary>
public readonly record struct CommandArgument(double Value = 0, ulong Count = 0, byte[]? Block = null)
{
    public static CommandArgument None { get; }
}
