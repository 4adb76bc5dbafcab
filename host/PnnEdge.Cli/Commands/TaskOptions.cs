using System.CommandLine;
using System.CommandLine.Parsing;
using PnnEdge.Cli.Composition;
using PnnEdge.Training.Experiments;

namespace PnnEdge.Cli.Commands;

/// <summary>The experiment: a task on a system, or a file; and what is asked to differ from it.</summary>
internal sealed class TaskOptions
{
    private readonly Argument<string?> _task = new("task")
    {
        Description = $"What to learn: {string.Join(", ", TaskLoader.Tasks)} (default {TaskLoader.Generated}, which needs no data file).",
        HelpName = "task",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result => Values.Among(result, "task", TaskLoader.Tasks),
    };

    private readonly Option<string?> _experiment = new("--experiment")
    {
        Description = $"The experiment's file, or its name: {string.Join(", ", ExperimentCatalog.Names)} (default: the task on the system).",
        HelpName = "file or name",
    };

    private readonly Option<int?> _layers = Values.WholeNumber("--layers", 1, 100, "Passes through the physical system.");
    private readonly Option<int?> _epochs = Values.WholeNumber("--epochs", 1, 100_000, "Times through the training samples.");
    private readonly Option<int?> _shots = Values.WholeNumber("--shots", 100, 10_000_000, "Random shots that the twin is fitted to.");
    private readonly Option<string?> _data = Values.Path("--data", "folder", "Where the data files lie (default: PNN_DATA, else the cache that 'pnn data get' fills).");

    /// <summary>The options that a resumed run has already decided.</summary>
    public IEnumerable<Option> Settings => [_experiment, _layers, _epochs, _shots];

    public void AddTo(Command command)
    {
        _task.CompletionSources.Add([.. TaskLoader.Tasks]);
        _experiment.CompletionSources.Add([.. ExperimentCatalog.Names]);
        command.Arguments.Add(_task);
        foreach (Option option in new Option[] { _experiment, _layers, _epochs, _shots, _data }) { command.Options.Add(option); }
    }

    public bool NamesTask(ParseResult parsed) => parsed.GetResult(_task) is ArgumentResult { Tokens.Count: > 0 };

    public string? DataFolder(ParseResult parsed) => parsed.GetValue(_data);

    /// <param name="askedSystem">The virtual bench's system, where one was named.</param>
    public ExperimentSettings Read(ParseResult parsed, CliHost host, string? askedSystem)
    {
        ExperimentSettings settings = Named(parsed, host, askedSystem);
        settings = settings with { Network = settings.Network with { Layers = parsed.GetValue(_layers) ?? settings.Network.Layers } };
        settings = settings with { Training = settings.Training with { Epochs = parsed.GetValue(_epochs) ?? settings.Training.Epochs } };
        return settings with { Twin = settings.Twin with { Shots = parsed.GetValue(_shots) ?? settings.Twin.Shots } };
    }

    /// <param name="asked">An experiment of the catalogue, or a file.</param>
    /// <exception cref="UserException">There is none, or it says what cannot be.</exception>
    public static ExperimentSettings Experiment(string asked, CliHost host)
    {
        string path = host.FullPath(asked);
        bool isFile = File.Exists(path) || Path.HasExtension(asked) || asked != Path.GetFileName(asked);
        return Found(() => isFile && !ExperimentCatalog.Names.Contains(asked) ? ExperimentFile.Load(path) : ExperimentCatalog.Get(asked));
    }

    private ExperimentSettings Named(ParseResult parsed, CliHost host, string? askedSystem)
    {
        string task = parsed.GetValue(_task) ?? TaskLoader.Generated;
        if (parsed.GetValue(_experiment) is not string asked)
        {
            BenchSystem system = Benches.Of(Wired(askedSystem));
            return Found(() => ExperimentCatalog.Get(ExperimentCatalog.NameOf(system.ExperimentsOf, task))) with { System = system.Name };
        }

        return NamesTask(parsed)
            ? throw new UserException("An experiment has its own task; leave out the task, or --experiment.", isUsage: true)
            : Experiment(asked, host);
    }

    private static ExperimentSettings Found(Func<ExperimentSettings> find)
    {
        try
        {
            return find();
        }
        catch (ArgumentException unknown)
        {
            throw new UserException(unknown.Message, isUsage: true);
        }
    }

    // A plain wire stands where the circuit would.
    private static string Wired(string? system) => system is null || Benches.Of(system).IsLoopback ? Benches.Circuit : system;
}
