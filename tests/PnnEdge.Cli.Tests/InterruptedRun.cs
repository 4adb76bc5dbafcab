using PnnEdge.Cli.Commands;
using PnnEdge.Cli.Composition;

namespace PnnEdge.Cli.Tests;

/// <summary>A run that receives Ctrl-C as soon as a line of its progress begins a stage.</summary>
internal static class InterruptedRun
{
    /// <returns>The exit code and the last line of standard error.</returns>
    public static async Task<(int Code, string Sentence)> AtAsync(string stage, string folder, string[] arguments)
    {
        using var interrupts = new Interrupts();
        string last = string.Empty;
        using var error = new Listener(line =>
        {
            last = line;
            if (line.Contains(stage, StringComparison.Ordinal) && interrupts.ExitCode == 0) { interrupts.Interrupt(Interrupts.ExitCodeOfInterrupt); }
        });
        var host = new CliHost(
            TextWriter.Null, error, false, false, TextReader.Null, TimeProvider.System, _ => null, Path.Combine(folder, "cache"), folder, ["no-such-program"], () => 7);
        return (await CommandLine.RunAsync(arguments, host, interrupts), last);
    }

    private sealed class Listener(Action<string> heard) : StringWriter
    {
        public override void WriteLine(string? value) => heard(value ?? string.Empty);

        public override Task WriteLineAsync(string? value)
        {
            WriteLine(value);
            return Task.CompletedTask;
        }
    }
}
