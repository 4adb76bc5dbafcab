using System.CommandLine;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Results;

namespace PnnEdge.Cli.Commands;

/// <summary>One invocation: parse, run, and turn whatever goes wrong into one sentence and an exit code.</summary>
public static class CommandLine
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CliHost host, Interrupts interrupts)
    {
        // A command line that does not parse can still have asked for JSON.
        bool json = arguments.Contains(CommonOptions.Json.Name), debug = arguments.Contains(CommonOptions.Debug.Name);
        try
        {
            ParseResult parsed = CommandTree.Build(host, interrupts).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Errors.Count > 0)
            {
                throw new UserException(ParseErrors.Describe(parsed), isUsage: true);
            }

            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = host.Out, Error = host.Error },
                interrupts.Token);
        }
        catch (InterruptedRunException interrupted) when (interrupts.Token.IsCancellationRequested)
        {
            await TellAsync(host, json, interrupted.Message);
            return interrupts.ExitCode;
        }
        catch (OperationCanceledException) when (interrupts.Token.IsCancellationRequested)
        {
            await TellAsync(host, json, "Interrupted; outputs are safe.");
            return interrupts.ExitCode;
        }
        catch (Exception e)
        {
            if (debug)
            {
                await host.Error.WriteLineAsync(e.ToString());
            }

            await TellAsync(host, json, Sentence.Of(e));
            return e is UserException { IsUsage: true } ? ExitCode.Usage : ExitCode.Failed;
        }
    }

    private static async Task TellAsync(CliHost host, bool json, string sentence)
    {
        await host.Error.WriteLineAsync(sentence);
        if (json)
        {
            await host.Out.WriteLineAsync(JsonText.Line(new ErrorJson(sentence)));
        }
    }
}
