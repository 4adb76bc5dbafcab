namespace PnnEdge.Cli.Commands;

/// <summary>What the command tells its caller; a signal's codes stand in <see cref="Composition.Interrupts"/>.</summary>
public static class ExitCode
{
    public const int Done = 0;

    /// <summary>The command line was right; what it asked for could not be done.</summary>
    public const int Failed = 1;

    /// <summary>The command line was wrong; nothing was done.</summary>
    public const int Usage = 2;
}
