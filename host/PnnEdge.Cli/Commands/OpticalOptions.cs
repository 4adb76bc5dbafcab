using System.CommandLine;
using PnnEdge.Cli.Composition;
using PnnEdge.Optics.Rigs;
using PnnEdge.Optics.Scpi;

namespace PnnEdge.Cli.Commands;

/// <summary>The options that say which optical rig.</summary>
internal sealed class OpticalOptions
{
    private readonly Option<string?> _rig = Values.Path("--rig", "file", $"With --system {ScpiAddress.Scheme}://…: the rig's file, or its name: {string.Join(", ", OpticalRig.Names)} (default {OpticalRig.OfTheTable}, the simulated table's).");

    public IReadOnlyList<Option> All => [_rig];

    /// <summary>A system by name, or an optical rig by address.</summary>
    public static Option<string?> SystemOrRig(string name, string description) => new(name)
    {
        Description = $"{description} ({string.Join(", ", Benches.Names)}), or an optical rig as {ScpiAddress.Scheme}://host:port",
        HelpName = "system",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (!IsRig(text)) { return Values.Among(result, name.TrimStart('-'), Benches.Names); }
            if (!ScpiAddress.TryParse(text, out _, out string refusal)) { result.AddError(refusal); }
            return text;
        },
    };

    public static bool IsRig(string? system) => system is not null && ScpiAddress.IsOne(system);

    public OpticalSource Read(ParseResult parsed, string address) => new(ScpiAddress.Parse(address), parsed.GetValue(_rig) ?? OpticalRig.OfTheTable);

    /// <exception cref="UserException">There is none, or its file says what cannot be.</exception>
    public OpticalRig Rig(ParseResult parsed)
    {
        try
        {
            OpticalRig rig = OpticalRig.Load(parsed.GetValue(_rig) ?? OpticalRig.OfTheTable);
            _ = Benches.Of(rig.System);
            return rig;
        }
        catch (InvalidDataException wrong)
        {
            throw new UserException(wrong.Message, isUsage: true);
        }
    }
}
