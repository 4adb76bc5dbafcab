using System.CommandLine;
using System.CommandLine.Parsing;
using PnnEdge.Training.Experiments;

namespace PnnEdge.Cli.Commands;

/// <summary>The task and the settings of its experiment.</summary>
internal sealed class TaskOptions
{
    private readonly Argument<string?> _task = new("task")
    {
        Description = $"What to learn: {string.Join(", ", Defaults.Tasks)} (default {Defaults.GeneratedTask}, which needs no data file).",
        HelpName = "task",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result => Values.Among(result, "task", Defaults.Tasks),
    };

    private readonly Option<int?> _layers = Values.WholeNumber("--layers", 1, 100, "Passes through the physical system.");
    private readonly Option<int?> _epochs = Values.WholeNumber("--epochs", 1, 100_000, "Times through the training samples.");
    private readonly Option<int?> _shots = Values.WholeNumber("--shots", 100, 10_000_000, "Random shots that the twin is fitted to.");
    private readonly Option<string?> _data = Values.Path("--data", "folder", "Where the data files lie (default: PNN_DATA, else the cache that 'pnn data get' fills).");

    /// <summary>The options that a resumed run has already decided.</summary>
    public IEnumerable<Option> Settings => [_layers, _epochs, _shots];

    public void AddTo(Command command)
    {
        _task.CompletionSources.Add([.. Defaults.Tasks]);
        command.Arguments.Add(_task);
        foreach (Option option in new Option[] { _layers, _epochs, _shots, _data }) { command.Options.Add(option); }
    }

    public bool NamesTask(ParseResult parsed) => parsed.GetResult(_task) is ArgumentResult { Tokens.Count: > 0 };

    public string? DataFolder(ParseResult parsed) => parsed.GetValue(_data);

    public ExperimentSettings Read(ParseResult parsed)
    {
        ExperimentSettings settings = Defaults.For(parsed.GetValue(_task) ?? Defaults.GeneratedTask);
        settings = settings with { Layers = parsed.GetValue(_layers) ?? settings.Layers };
        settings = settings with { Training = settings.Training with { Epochs = parsed.GetValue(_epochs) ?? settings.Training.Epochs } };
        return settings with { TwinFit = settings.TwinFit with { Shots = parsed.GetValue(_shots) ?? settings.TwinFit.Shots } };
    }
}
