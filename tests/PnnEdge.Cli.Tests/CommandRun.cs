using System.Text.Json;
using PnnEdge.Cli.Commands;
using PnnEdge.Cli.Composition;

namespace PnnEdge.Cli.Tests;

/// <summary>The command run inside this process, with a console of strings and folders of its own.</summary>
internal sealed class CommandRun : IDisposable
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();
    private readonly Dictionary<string, string> _variables = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("pnn-test-").FullName;

    public Interrupts Interrupts { get; } = new();

    public string Out => _out.ToString();

    public string Error => _error.ToString();

    public string LastErrorLine => Error.TrimEnd().Split('\n')[^1].TrimEnd('\r');

    public JsonElement Json => JsonDocument.Parse(Out.TrimEnd().Split('\n')[^1]).RootElement;

    public CommandRun With(string variable, string value)
    {
        _variables[variable] = value;
        return this;
    }

    public Task<int> RunAsync(params string[] arguments)
    {
        var host = new CliHost(
            _out, TextWriter.Synchronized(_error), ErrorIsTerminal: false, OutIsTerminal: false, TextReader.Null, TimeProvider.System, _variables.GetValueOrDefault,
            Path.Combine(Folder, "cache"), Folder, ["no-such-program"], () => 7);
        return CommandLine.RunAsync(arguments, host, Interrupts);
    }

    public string In(params string[] parts) => Path.Combine([Folder, .. parts]);

    public void Dispose()
    {
        Interrupts.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
