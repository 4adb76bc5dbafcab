using System.CommandLine;
using System.Reflection;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Rendering;
using PnnEdge.Cli.Results;
using PnnEdge.Cli.Runs;
using PnnEdge.Training.Data;
using PnnEdge.Training.Experiments;
using PnnEdge.Training.Systems;
using Spectre.Console;

namespace PnnEdge.Cli.Commands;

/// <summary><c>pnn reproduce</c>: the table "paper against PnnEdge", method after method, resumable wherever it was left.</summary>
internal sealed class ReproduceCommand
{
    private const string DefaultFolder = "runs/reproduce";

    private readonly CliHost _host;
    private readonly Option<string[]> _experiments = new("--experiments")
    {
        Description = $"Which rows: {string.Join(", ", Reproduction.Rows.Select(row => row.Experiment))} (default all these), another experiment, or a file of your own.",
        HelpName = "name or file",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _methods = new("--methods")
    {
        Description = $"Which methods: {string.Join(", ", Enum.GetValues<Method>().Select(Methods.NameOf))} (default all).",
        HelpName = "name",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int?> _seeds = Values.WholeNumber("--seeds", 1, 1000, "How many seeds (default 5; 1 with --quick).");
    private readonly Option<int?> _firstSeed = Values.WholeNumber("--first-seed", 0, (int)ShotIndex.MaxSeed, "The first seed (default 1).");
    private readonly Option<bool> _quick = new("--quick") { Description = "A version of about ten minutes: few images, few epochs, one seed." };
    private readonly Option<bool> _inProcess = new("--in-process") { Description = "Run the virtual devices inside this process, without a wire; the figures are the same." };
    private readonly Option<string?> _out = Values.Path("--out", "folder", $"Where the rows go, and go on (default {DefaultFolder}; with --quick {DefaultFolder}-quick).");
    private readonly Option<string?> _data = Values.Path("--data", "folder", "Where the data files lie (default: PNN_DATA, else the cache that 'pnn data get' fills).");

    private ReproduceCommand(CliHost host) => _host = host;

    public static Command Build(CliHost host)
    {
        var reproduce = new ReproduceCommand(host);
        var command = new Command("reproduce", "Run the paper's tasks with every method and set the figures beside the paper's; what is there is not run again.");
        foreach (Option option in new Option[]
        {
            reproduce._experiments, reproduce._methods, reproduce._seeds, reproduce._firstSeed, reproduce._quick, reproduce._inProcess, reproduce._out, reproduce._data,
        })
        {
            command.Options.Add(option);
        }

        command.SetAction(reproduce.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        Method[] methods = [.. Chosen(parsed, _methods, Enum.GetValues<Method>(), Methods.NameOf)];
        DataFolder data = DataFolders.Resolve(_host, parsed.GetValue(_data));
        bool quick = parsed.GetValue(_quick);
        string root = _host.FullPath(parsed.GetValue(_out) ?? (quick ? DefaultFolder + "-quick" : DefaultFolder));
        string[] asked = parsed.GetValue(_experiments) is { Length: > 0 } some ? [.. some.Distinct()] : [.. Reproduction.Rows.Select(row => row.Experiment)];
        ReproduceRun[] runs = [.. asked.Select(experiment => RunOf(parsed, experiment, root, data, quick))];
        IProgressView view = Consoles.ViewOf(_host, parsed.GetValue(CommonOptions.Quiet));
        view.Say($"Results go to {root}; the same command goes on where it was left.");
        try
        {
            await view.ShowAsync(async () =>
            {
                foreach (Method method in methods)
                {
                    foreach (ReproduceRun run in runs) { await run.RunAsync(method, SourceOf(parsed, run), view, cancellation); }
                }
            });
        }
        catch (OperationCanceledException interrupted) when (cancellation.IsCancellationRequested)
        {
            throw new InterruptedRunException($"Interrupted; the outputs are safe, and the same command goes on in {root}.", interrupted);
        }

        Dictionary<string, ReproduceSummary> table = [];
        foreach (ReproduceRun run in runs)
        {
            if (await run.SummariseAsync(cancellation) is ReproduceSummary summary) { table[run.Row.Experiment] = summary; }
        }

        AtomicFile.Write(Path.Combine(root, "reproduce.json"), JsonText.Page(table));
        string[] plot = Pictures.Draw(_host, "reproduce", () => ReproducePlot.Save(Path.Combine(root, "reproduce.png"), Path.Combine(root, "reproduce.svg"), table));
        IReadOnlyList<Sheet> sheets = ReproduceSheets.Of(table);
        AtomicFile.Write(Path.Combine(root, "reproduce.md"), SheetText.Markdown(sheets, ReproduceSheets.Origin(parsed.Tokens.Select(token => token.Value), _host.Time.GetUtcNow())));
        Show(parsed, table, sheets, root, plot);
        return ExitCode.Done;
    }

    private ReproduceRun RunOf(ParseResult parsed, string experiment, string root, DataFolder data, bool quick)
    {
        ExperimentSettings settings = TaskOptions.Experiment(experiment, _host);
        string name = Path.GetFileNameWithoutExtension(experiment);
        PaperRow row = Reproduction.Rows.FirstOrDefault(known => known.Experiment == experiment) ?? PaperRow.Own(name);
        if (quick) { (settings, row) = (Reproduction.Quick(settings), row with { Goal = null, Further = string.Empty }); } // goals are of the whole table
        ulong firstSeed = (ulong)(parsed.GetValue(_firstSeed) ?? 1);
        int seeds = parsed.GetValue(_seeds) ?? (quick ? 1 : 5);
        if (firstSeed + (ulong)seeds - 1 > ShotIndex.MaxSeed)
        {
            throw new UserException($"Asked for {seeds} seeds from {firstSeed} on; the last possible seed is {ShotIndex.MaxSeed}.", isUsage: true);
        }

        TaskData samples = TaskLoader.Load(settings, data, firstSeed);
        var bench = new BenchRequest(settings.System, 1, 0, Ideal: false, []);
        string version = typeof(ReproduceCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        var config = new RunConfig(version, _host.Time.GetUtcNow(), settings, samples.Train.Generated, firstSeed, seeds, bench, DataHash.Of(samples));
        RunFolder folder = RunFolder.At(Path.Combine(root, row.Experiment));
        if (folder.HoldsRun)
        {
            (_, RunConfig kept) = RunFolder.Open(folder.Path);
            if (JsonText.Line(kept.Settings) != JsonText.Line(settings) || kept.FirstSeed != firstSeed || kept.DataHash != config.DataHash)
            {
                throw new UserException($"{folder.Path} holds {row.Experiment} with other settings, first seed or data; choose another --out, or remove it.");
            }
        }

        return new ReproduceRun(row, folder, config, data, _host);
    }

    private BenchSource SourceOf(ParseResult parsed, ReproduceRun run)
    {
        var bench = new BenchRequest(run.System, 1, 0, Ideal: false, []);
        return new BenchSource(run.System, bench, parsed.GetValue(_inProcess), Broker: null, Device: null, RealTime: false);
    }

    private void Show(ParseResult parsed, Dictionary<string, ReproduceSummary> table, IReadOnlyList<Sheet> sheets, string root, string[] plot)
    {
        bool json = parsed.GetValue(CommonOptions.Json);
        if (!json || !parsed.GetValue(CommonOptions.Quiet))
        {
            IAnsiConsole console = json ? Consoles.On(_host.Error, _host.ErrorIsTerminal) : Consoles.On(_host.Out, _host.OutIsTerminal);
            SheetText.Write(console, sheets);
            console.WriteLine($"{root}: {string.Join(", ", ["reproduce.json", "reproduce.md", .. plot])}, and a folder for every experiment");
        }

        if (json) { _host.Out.WriteLine(JsonText.Line(table)); }
    }

    private static IEnumerable<T> Chosen<T>(ParseResult parsed, Option<string[]> option, IReadOnlyList<T> all, Func<T, string> name)
    {
        string[] asked = parsed.GetValue(option) ?? [];
        string? unknown = asked.FirstOrDefault(text => !all.Any(item => name(item) == text));
        if (unknown is not null)
        {
            throw new UserException($"Asked {option.Name} for '{unknown}'; possible are {string.Join(", ", all.Select(name))}.", isUsage: true);
        }

        return asked.Length == 0 ? all : all.Where(item => asked.Contains(name(item)));
    }
}
