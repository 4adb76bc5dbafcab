using System.Text.Json;
using PnnEdge.Cli.Commands;
using PnnEdge.Cli.Composition;

namespace PnnEdge.Cli.Tests;

/// <summary><c>pnn train --start</c>.</summary>
public sealed class StartTests
{
    private static readonly string[] Tiny = ["train", "--experiment", TinyExperiment.Name, "--in-process"];

    [Fact]
    public async Task A_training_that_begins_from_trained_parameters_begins_where_they_ended_and_plays_no_calibration()
    {
        using CommandRun run = TinyExperiment.With(new CommandRun());
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Tiny, "--out", "first", "--json", "--quiet"]));
        long passes = run.Json.GetProperty("passes").GetInt64();
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Tiny, "--out", "second", "--start", run.In("first", "parameters-seed1.npz"), "--json", "--quiet"]));
        Assert.Equal(64, passes - run.Json.GetProperty("passes").GetInt64());

        double[] first = Losses("first"), second = Losses("second");
        Assert.True(second[0] < first[0] - ((first[0] - first[^1]) / 2), $"the first epoch's loss was {first[0]}, the last one's {first[^1]}; begun from there it is {second[0]}");
        Assert.Equal(File.ReadAllBytes(run.In("first", "parameters-seed1.npz")), File.ReadAllBytes(run.In("second", "start.npz")));
        JsonElement start = JsonDocument.Parse(File.ReadAllText(run.In("second", "config.json"))).RootElement.GetProperty("start");
        Assert.Equal(run.In("first", "parameters-seed1.npz"), start.GetProperty("file").GetString());

        double[] Losses(string folder) => [.. File.ReadAllLines(run.In(folder, "metrics.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.GetProperty("method").GetString() == "pat").Select(line => line.GetProperty("train_loss").GetDouble())];
    }

    [Fact]
    public async Task A_run_from_start_parameters_that_was_interrupted_ends_bit_for_bit_as_one_that_was_not()
    {
        using CommandRun run = TinyExperiment.With(new CommandRun());
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Tiny, "--out", "first", "--quiet"]));
        string[] from = [.. Tiny, "--start", run.In("first", "parameters-seed1.npz")];
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. from, "--out", "whole", "--quiet"]));
        Assert.Equal(Interrupts.ExitCodeOfInterrupt, (await InterruptedRun.AtAsync("fitting the twin", run.Folder, [.. from, "--out", "halves"])).Code);
        File.Delete(run.In("first", "parameters-seed1.npz")); // the run has its own copy
        Assert.Equal(ExitCode.Done, await run.RunAsync("train", "--resume", "halves", "--in-process", "--quiet"));
        foreach (string file in new[] { "parameters-seed1.npz", "metrics.jsonl" }) { Assert.Equal(File.ReadAllBytes(run.In("whole", file)), File.ReadAllBytes(run.In("halves", file))); }
    }

    [Fact]
    public async Task Start_parameters_that_do_not_fit_or_have_changed_are_refused_in_one_sentence()
    {
        using CommandRun run = TinyExperiment.With(new CommandRun());
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Tiny, "--out", "first", "--epochs", "1", "--quiet"]));
        string trained = run.In("first", "parameters-seed1.npz");
        await RefusedAsync(ExitCode.Failed, $"The start parameters {run.In("none.npz")} are not there.", [.. Tiny, "--start", "none.npz", "--out", "new"]);
        await RefusedAsync(ExitCode.Failed, $"{trained} has no array layer1.theta; it has ", [.. Tiny, "--layers", "2", "--start", trained, "--out", "new"]);
        await RefusedAsync(ExitCode.Failed, $"{run.In("first", "twin-seed1.npz")} has no array output_mean_volts; it has ", [.. Tiny, "--start", run.In("first", "twin-seed1.npz"), "--out", "new"]);
        Assert.False(Directory.Exists(run.In("new")));

        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Tiny, "--start", trained, "--epochs", "1", "--out", "second", "--quiet"]));
        await RefusedAsync(ExitCode.Usage, "--resume takes its settings from the run's config.json; leave out --start.", "train", "--resume", "second", "--start", trained);
        File.Copy(run.In("second", "parameters-seed1.npz"), run.In("second", "start.npz"), overwrite: true);
        await RefusedAsync(
            ExitCode.Failed, $"{run.In("second", "start.npz")} does not hold the start parameters that the run began from ({trained}); put them back, or start a new run.",
            "train", "--resume", "second", "--in-process", "--quiet");

        async Task RefusedAsync(int code, string sentence, params string[] arguments)
        {
            Assert.Equal(code, await run.RunAsync(arguments));
            Assert.StartsWith(sentence, run.LastErrorLine, StringComparison.Ordinal);
        }
    }
}
