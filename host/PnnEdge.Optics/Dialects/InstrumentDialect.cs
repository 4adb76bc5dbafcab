using PnnEdge.Training.Files;

namespace PnnEdge.Optics.Dialects;

/// <summary>How one kind of instrument is spoken to: a data file of <c>Dialects/</c>, or one of the user's own.</summary>
public sealed record InstrumentDialect
{
    public required string Name { get; init; }

    /// <summary>The manual that the commands are from.</summary>
    public required string Source { get; init; }

    /// <summary>What the answer to <see cref="Operation.Identify"/> begins with.</summary>
    public required string Identification { get; init; }

    /// <summary>No hardware is behind it.</summary>
    public bool Simulated { get; init; }

    /// <summary>Said when a connection begins, before anything else.</summary>
    public LoginStep[] Login { get; init; } = [];

    /// <summary>Of <see cref="Operation.Fetch"/>.</summary>
    public NumberFormat Numbers { get; init; }

    /// <summary>Of <see cref="Operation.Wavelengths"/>.</summary>
    public NumberFormat AxisNumbers { get; init; }

    /// <summary>Nanometres per unit of <see cref="Operation.Wavelengths"/>.</summary>
    public double NmPerUnit { get; init; } = 1;

    /// <summary>A detector pixel that reads this much in one exposure is saturated; null where the instrument does not say.</summary>
    public double? SaturatedAt { get; init; }

    /// <summary>Frames that one <see cref="Operation.Frames"/> takes at most.</summary>
    public int FramesAtOnce { get; init; } = 1;

    /// <summary>Messages in the order they are sent.</summary>
    public required Dictionary<Operation, string[]> Commands { get; init; }

    public static IReadOnlyList<string> Names => YamlRecords.Names(typeof(InstrumentDialect).Assembly, "dialects");

    /// <param name="nameOrPath">One of <see cref="Names"/>, or a file.</param>
    /// <exception cref="InvalidDataException">One sentence.</exception>
    public static InstrumentDialect Load(string nameOrPath) => Checked(YamlRecords.Load<InstrumentDialect>(typeof(InstrumentDialect).Assembly, "dialects", nameOrPath));

    public static InstrumentDialect Parse(string yaml, string source) => Checked(YamlRecords.Parse<InstrumentDialect>(yaml, source));

    public bool Knows(Operation operation) => Commands.ContainsKey(operation);

    private static InstrumentDialect Checked(InstrumentDialect dialect)
    {
        foreach ((Operation operation, string[] messages) in dialect.Commands)
        {
            foreach (string message in messages)
            {
                try
                {
                    _ = CommandTemplate.Parse(message);
                }
                catch (FormatException wrong)
                {
                    throw new InvalidDataException($"Dialect {dialect.Name}, {operation}: {wrong.Message}", wrong);
                }
            }
        }

        Operation[] missing = [.. new[] { Operation.Identify, Operation.NextError }.Where(operation => !dialect.Knows(operation))];
        if (missing.Length > 0) { throw new InvalidDataException($"Dialect {dialect.Name} has no command for {string.Join(" and ", missing)}; every instrument must tell who it is and what went wrong."); }
        Operation[] unasked = [.. new[] { Operation.IsShutterOpen, Operation.ReadShutterHold }.Where(operation => dialect.Knows(Operation.ShutterHold) && !dialect.Knows(operation))];
        if (unasked.Length > 0) { throw new InvalidDataException($"Dialect {dialect.Name} has a command for {Operation.ShutterHold} and none for {string.Join(" and ", unasked)}; a shutter that closes by itself must tell whether it has."); }
        return dialect;
    }
}

/// <summary>One line of a login, and what the answer to it begins with.</summary>
public sealed record LoginStep
{
    public required string Send { get; init; }

    public required string Expect { get; init; }
}
