using System.CommandLine;
using PnnEdge.Cli.Composition;

namespace PnnEdge.Cli.Commands;

/// <summary>What every command takes that plays a task's experiment on a bench: the task, then the command's own options, then the bench.</summary>
internal sealed class ExperimentOptions(FaultScope scope = FaultScope.Bench)
{
    public TaskOptions Task { get; } = new();

    public BenchOptions Bench { get; } = new(scope);

    public Command Build(string name, string description, IEnumerable<Option> own, Func<ParseResult, CancellationToken, Task<int>> run)
    {
        var command = new Command(name, description);
        Task.AddTo(command);
        foreach (Option option in own) { command.Options.Add(option); }
        Bench.AddTo(command);
        command.SetAction(run);
        return command;
    }
}
