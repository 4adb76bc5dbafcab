using System.CommandLine;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Data;
using PnnEdge.Cli.Rendering;
using PnnEdge.Cli.Results;
using PnnEdge.Training.Data;
using Spectre.Console;

namespace PnnEdge.Cli.Commands;

/// <summary><c>pnn data</c>: where the tasks' data files are looked for, and how to get them.</summary>
internal static class DataCommand
{
    private static IReadOnlyList<string> Tasks { get; } = [.. KnownFiles.All.Select(file => file.Task).Distinct()];

    public static Command Build(CliHost host)
    {
        var data = new Command("data", "List or fetch the tasks' data files.");
        data.Subcommands.Add(BuildList(host));
        data.Subcommands.Add(BuildGet(host));
        return data;
    }

    private static Command BuildList(CliHost host)
    {
        var list = new Command("list", "Show where each data file is looked for, and whether it is intact.");
        Option<string?> folderOption = FolderOption();
        list.Options.Add(folderOption);
        list.SetAction(parsed =>
        {
            DataFolder folder = DataFolders.Resolve(host, parsed.GetValue(folderOption));
            FileJson[] files = [.. KnownFiles.All.Select(file => Describe(folder, file))];
            if (parsed.GetValue(CommonOptions.Json))
            {
                host.Out.WriteLine(JsonText.Line(new ListJson(folder.Root, folder.Reason, files)));
                return ExitCode.Done;
            }

            Table table = new Table { Border = TableBorder.Rounded, Title = new TableTitle(Markup.Escape($"{folder.Root} ({folder.Reason})")) };
            table.AddColumn("task").AddColumn("file").AddColumn("state").AddColumn("origin");
            foreach ((KnownFile known, FileJson file) in KnownFiles.All.Zip(files))
            {
                table.AddRow(new Text(file.Task), new Text(file.File), new Text(InWords(file.State)), new Text(known.Origin));
            }

            Consoles.On(host.Out, host.OutIsTerminal).Write(table);
            return ExitCode.Done;
        });
        return list;
    }

    private static Command BuildGet(CliHost host)
    {
        var get = new Command("get", "Fetch data files from their official addresses, and check them.");
        var taskArgument = new Argument<string?>("task")
        {
            Description = $"Whose files: {string.Join(", ", Tasks)} (default: all that can be fetched).",
            HelpName = "task",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = result => Values.Among(result, "task with data files", Tasks),
        };
        Option<string?> folderOption = FolderOption();
        get.Arguments.Add(taskArgument);
        get.Options.Add(folderOption);
        get.SetAction(async (parsed, cancellation) =>
        {
            DataFolder folder = DataFolders.Resolve(host, parsed.GetValue(folderOption));
            string? task = parsed.GetValue(taskArgument);
            KnownFile[] asked = [.. KnownFiles.All.Where(file => task is null ? file.Source is not null : file.Task == task)];
            IProgressView view = Consoles.ViewOf(host, parsed.GetValue(CommonOptions.Quiet));
            using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
            var fetch = new DataFetch(client, folder, view);
            await view.ShowAsync(async () =>
            {
                foreach (KnownFile file in asked) { await fetch.RunAsync(file, cancellation); }
            });
            if (parsed.GetValue(CommonOptions.Json))
            {
                await host.Out.WriteLineAsync(JsonText.Line(new ListJson(folder.Root, folder.Reason, [.. asked.Select(file => Describe(folder, file))])));
            }
            else
            {
                await host.Out.WriteLineAsync($"{asked.Length} {(asked.Length == 1 ? "file is" : "files are")} intact in {folder.Root}.");
            }

            return ExitCode.Done;
        });
        return get;
    }

    private static Option<string?> FolderOption() => Values.Path("--data", "folder", "The data folder (default: PNN_DATA, else in the user's cache folder).");

    private static FileJson Describe(DataFolder folder, KnownFile file) =>
        new(file.Task, file.RelativePath, folder.PathOf(file), folder.StateOf(file), file.Source?.ToString(), file.Sha256);

    private static string InWords(FileState state) => state switch
    {
        FileState.Present => "intact",
        FileState.WrongChecksum => "damaged: wrong checksum",
        _ => "not there",
    };

    private sealed record ListJson(string Folder, string Reason, IReadOnlyList<FileJson> Files);

    private sealed record FileJson(string Task, string File, string Path, FileState State, string? Source, string Sha256);
}
