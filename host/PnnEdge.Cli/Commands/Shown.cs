using System.CommandLine;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Rendering;
using PnnEdge.Cli.Results;
using Spectre.Console;

namespace PnnEdge.Cli.Commands;

/// <summary>A command's result for whoever asked: tables for a person, one line of JSON for a program.</summary>
internal static class Shown
{
    public static void Result<T>(CliHost host, ParseResult parsed, T summary, Action<IAnsiConsole> tables)
    {
        bool json = parsed.GetValue(CommonOptions.Json);
        if (!json || !parsed.GetValue(CommonOptions.Quiet))
        {
            // With --json standard output is for programs; a person still reads the table beside the progress.
            tables(json ? Consoles.On(host.Error, host.ErrorIsTerminal) : Consoles.On(host.Out, host.OutIsTerminal));
        }

        if (json) { host.Out.WriteLine(JsonText.Line(summary)); }
    }

    /// <summary>A result that is told in a line, which is never wrapped: its paths and commands can be copied.</summary>
    public static void Line<T>(CliHost host, ParseResult parsed, T summary, string line)
    {
        bool json = parsed.GetValue(CommonOptions.Json);
        if (!json || !parsed.GetValue(CommonOptions.Quiet)) { (json ? host.Error : host.Out).WriteLine(line); }
        if (json) { host.Out.WriteLine(JsonText.Line(summary)); }
    }
}
