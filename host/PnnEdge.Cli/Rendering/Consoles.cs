using PnnEdge.Cli.Composition;
using Spectre.Console;

namespace PnnEdge.Cli.Rendering;

internal static class Consoles
{
    private const int LogWidth = 110;

    /// <summary>A console on any writer; where nobody can say how wide it is, wide enough for our tables.</summary>
    public static IAnsiConsole On(TextWriter writer, bool isTerminal)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!isTerminal) { console.Profile.Width = LogWidth; }
        return console;
    }

    public static IProgressView ViewOf(CliHost host, bool quiet) => quiet ? new QuietView(host.Error)
        : host.ErrorIsTerminal ? new LiveView(On(host.Error, isTerminal: true), host.Time)
        : new LineView(host.Error, host.Time);
}
