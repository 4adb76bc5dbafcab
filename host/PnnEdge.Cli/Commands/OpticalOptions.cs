using System.CommandLine;
using PnnEdge.Cli.Composition;
using PnnEdge.Optics.Dialects;
using PnnEdge.Optics.Rigs;
using PnnEdge.Optics.Scpi;
using PnnEdge.RaspberryPi.Rigs;

namespace PnnEdge.Cli.Commands;

/// <summary>The options that say which rig: of optical instruments, or wired to a Raspberry Pi.</summary>
internal sealed class OpticalOptions
{
    private readonly Option<string?> _rig = Values.Path(
        "--rig",
        "file",
        $"The rig's file, or its name: with --system {ScpiAddress.Scheme}://… {string.Join(", ", OpticalRig.Names)} (default {OpticalRig.OfTheTable}, the simulated table's), "
        + $"with --system pi://… {string.Join(", ", PiRig.Names)} (default {PiRig.Default}).");

    public IReadOnlyList<Option> All => [_rig];

    /// <summary>A system by name, or a rig by address.</summary>
    public static Option<string?> SystemOrRig(string name, string description) => new(name)
    {
        Description = $"{description} ({string.Join(", ", Benches.Names)}), an optical rig as {ScpiAddress.Scheme}://host:port, "
            + $"or a bench on a Raspberry Pi as {PiAddress.Local} or {PiAddress.Simulated}",
        HelpName = "system",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (IsPi(text))
            {
                if (PiAddress.Refusal(text) is string wrong) { result.AddError(wrong); }
                return text;
            }

            if (!IsRig(text)) { return Values.Among(result, name.TrimStart('-'), Benches.Names); }
            if (!ScpiAddress.TryParse(text, out _, out string refusal)) { result.AddError(refusal); }
            return text;
        },
    };

    /// <param name="nameOrPath">One of the library's, or a file.</param>
    /// <exception cref="UserException">It cannot be read.</exception>
    public static InstrumentDialect Dialect(string nameOrPath)
    {
        try
        {
            return InstrumentDialect.Load(nameOrPath);
        }
        catch (InvalidDataException wrong)
        {
            throw new UserException(wrong.Message, isUsage: true);
        }
    }

    public static bool IsRig(string? system) => system is not null && ScpiAddress.IsOne(system);

    public static bool IsPi(string? system) => system is not null && PiAddress.IsOne(system);

    public OpticalSource Read(ParseResult parsed, string address) => new(ScpiAddress.Parse(address), parsed.GetValue(_rig) ?? OpticalRig.OfTheTable);

    /// <exception cref="UserException">There is none, or its file says what cannot be.</exception>
    public OpticalRig Rig(ParseResult parsed) => Of(() => OpticalRig.Load(parsed.GetValue(_rig) ?? OpticalRig.OfTheTable), rig => rig.System);

    /// <summary>One of the library's, or a file.</summary>
    public string PiRigName(ParseResult parsed) => parsed.GetValue(_rig) ?? PiRig.Default;

    /// <inheritdoc cref="Rig"/>
    public PiRig OnAPi(ParseResult parsed) => Of(() => PiRig.Load(PiRigName(parsed)), rig => rig.System);

    private static T Of<T>(Func<T> load, Func<T, string> systemOf)
    {
        try
        {
            T rig = load();
            _ = Benches.Of(systemOf(rig));
            return rig;
        }
        catch (InvalidDataException wrong)
        {
            throw new UserException(wrong.Message, isUsage: true);
        }
    }
}
