using System.Text.Json;
using PnnEdge.Cli.Commands;
using PnnEdge.Cli.Composition;

namespace PnnEdge.Cli.Tests;

/// <summary>What of a twin is refitted while training goes on.</summary>
public sealed class RefitTests
{
    private static readonly string[] Short = ["--in-process", "--stages", "2", "--stage-shots", "2000", "--steps", "2"];

    [Fact]
    public async Task All_layers_move_where_that_is_asked_and_every_place_says_so()
    {
        using CommandRun run = TinyExperiment.With(new CommandRun());
        Assert.Equal(ExitCode.Done, await run.RunAsync(["drift", "--experiment", TinyExperiment.Name, "--seeds", "1", .. Short, "--out", "last", "--json"]));
        Assert.Equal("last causal_perceptron", $"{run.Json.GetProperty("refit")} {run.Json.GetProperty("twin")}");
        Assert.DoesNotContain("(all", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, await run.RunAsync(["drift", "--from", "last", .. Short, "--refit", "all", "--out", "all", "--json"]));
        Assert.Equal("all", run.Json.GetProperty("refit").GetString());
        Assert.Matches(@"PAT goes on, twin refitted \(all .*\n.*layers\)", run.Error); // the table's column wraps
        Assert.Contains("twin refitted (all layers): ", File.ReadAllText(run.In("all", "drift.svg")), StringComparison.Ordinal);
        Assert.Contains("\"refit\": \"all\"", File.ReadAllText(run.In("all", "drift-settings.json")), StringComparison.Ordinal);

        JsonElement[] last = Lines(run, "last"), all = Lines(run, "all");
        Assert.Equal(last.Select(line => Of(line, "old_twin_nrmse")), all.Select(line => Of(line, "old_twin_nrmse")));
        Assert.All([1, 2], stage => Assert.NotEqual(Of(last[stage], "refit_twin_nrmse"), Of(all[stage], "refit_twin_nrmse")));

        Assert.Equal(ExitCode.Done, await run.RunAsync("transfer", "--from", "last", "--in-process", "--passes", "100", "--refit", "all", "--out", "moved", "--json"));
        Assert.Equal("all", run.Json.GetProperty("refit").GetString());
        Assert.Contains("unit 2, PAT goes on, twin refitted (all layers)", run.Error, StringComparison.Ordinal);
        Assert.Contains("twin refitted (all layers): ", File.ReadAllText(run.In("moved", "transfer.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refit_of_all_layers_that_was_interrupted_and_resumed_ends_as_one_that_was_not()
    {
        string[] drift = ["drift", "--experiment", TinyExperiment.Name, "--seeds", "1", .. Short, "--refit", "all", "--out", "out"];
        using CommandRun whole = TinyExperiment.With(new CommandRun()), halves = TinyExperiment.With(new CommandRun());
        Assert.Equal(ExitCode.Done, await whole.RunAsync([.. drift, "--quiet"]));
        (int code, _) = await InterruptedRun.AtAsync("seed 1 · drift · ", halves.Folder, drift);
        Assert.Equal(Interrupts.ExitCodeOfInterrupt, code);
        Assert.Equal(ExitCode.Done, await halves.RunAsync("drift", "--resume", "out", "--in-process", "--json"));
        Assert.Equal("all", halves.Json.GetProperty("refit").GetString());
        Assert.Equal(File.ReadAllText(whole.In("out", "drift.jsonl")), File.ReadAllText(halves.In("out", "drift.jsonl")));
    }

    [Theory, InlineData("drift"), InlineData("transfer")]
    public async Task A_folder_from_before_there_was_a_choice_goes_on_with_the_last_layer(string study)
    {
        string[] asked = [study, "--experiment", TinyExperiment.Name, "--in-process", "--seeds", "1", .. study == "drift" ? Short[1..] : ["--passes", "100"], "--out", "out", "--quiet"];
        using CommandRun run = TinyExperiment.With(new CommandRun());
        Assert.Equal(ExitCode.Done, await run.RunAsync(asked));
        string settings = run.In("out", $"{study}-settings.json"), lines = File.ReadAllText(run.In("out", $"{study}.jsonl"));
        string older = File.ReadAllText(settings).Replace(",\n  \"refit\": \"last\"", "", StringComparison.Ordinal);
        Assert.DoesNotContain("refit", older, StringComparison.Ordinal);
        File.WriteAllText(settings, older);
        File.Delete(run.In("out", $"{study}-seed1.json"));
        Assert.Equal(ExitCode.Done, await run.RunAsync(study, "--resume", "out", "--in-process", "--json"));
        Assert.Equal("last", run.Json.GetProperty("refit").GetString());
        Assert.Equal(lines, File.ReadAllText(run.In("out", $"{study}.jsonl")));

        File.WriteAllText(settings, older.Replace("\n}", ",\n  \"refit\": \"most\"\n}", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Failed, await run.RunAsync(study, "--resume", "out", "--in-process"));
        Assert.StartsWith($"{settings} cannot be read: ", run.LastErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_grey_box_gives_all_four_answers_and_follows_its_bench()
    {
        using CommandRun run = TinyExperiment.With(new CommandRun());
        string[] drift = ["drift", .. Short, "--fault", "drift.gain=-0.5", "--json"];
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. drift, "--experiment", TinyExperiment.GreyBoxName, "--seeds", "1", "--out", "last"]));
        Assert.Equal(2 * TinyExperiment.PassesPerStep, run.Json.GetProperty("refit_twin").GetProperty("passes_per_stage").GetInt32());
        RequireBelow(0.8 * Nrmse("old_twin"), Nrmse("refit_twin")); // a third of what it remembers is of this stage, whose gain is a tenth lower

        Assert.Equal(ExitCode.Done, await run.RunAsync([.. drift, "--from", "last", "--refit", "all", "--out", "all"]));
        Assert.Contains("PAT goes on, twin refitted (all constants): ", File.ReadAllText(run.In("all", "drift.svg")), StringComparison.Ordinal);
        RequireBelow(0.8 * Nrmse("old_twin"), Nrmse("refit_twin"));

        Assert.Equal(ExitCode.Done, await run.RunAsync("transfer", "--from", "last", "--in-process", "--passes", "200", "--refit", "all", "--out", "moved", "--json"));
        Assert.Contains("unit 2, PAT goes on, twin refitted (all constants)", run.Error, StringComparison.Ordinal);
        RequireBelow(Nrmse("old_twin"), Nrmse("refit_twin")); // the other unit's parts are other ones

        double Nrmse(string answer) => run.Json.GetProperty(answer).GetProperty("twin_nrmse").GetDouble();
        static void RequireBelow(double most, double nrmse) => Assert.True(nrmse < most, $"The refitted twin's error is {nrmse:F3}; less than {most:F3} was expected.");
    }

    private static JsonElement[] Lines(CommandRun run, string folder) =>
        [.. File.ReadAllLines(run.In(folder, "drift.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];

    private static string Of(JsonElement line, string name) => line.GetProperty(name).ToString();
}
