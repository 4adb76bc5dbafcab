using System.Text.Json;
using PnnEdge.Cli.Commands;
using PnnEdge.Cli.Composition;

namespace PnnEdge.Cli.Tests;

/// <summary>The table "paper against PnnEdge" on an experiment of one's own, small and in process.</summary>
public sealed class ReproduceTests
{
    private static readonly string[] OneSeed = ["reproduce", "--experiments", TinyExperiment.Name, "--in-process", "--out", "out", "--seeds", "1"];
    private static readonly string[] Small = [.. OneSeed[..^1], "2"];

    [Fact]
    public async Task The_table_has_every_method_and_the_figures_of_training_alone()
    {
        using CommandRun run = TinyExperiment.With(new CommandRun());
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Small, "--json"]));
        JsonElement row = run.Json.GetProperty("tiny");
        foreach (string method in new[] { "pat", "in_silico_deployed", "in_silico_claimed", "noise_aware_deployed", "ideal_deployed", "ideal_claimed" })
        {
            Assert.Equal(2, row.GetProperty(method).GetProperty("each").GetArrayLength());
        }

        Assert.Equal(JsonValueKind.Null, row.GetProperty("clamp").ValueKind); // no hybrid
        Assert.Equal(JsonValueKind.Null, row.GetProperty("goal_reached").ValueKind); // nobody asked for anything
        Assert.Equal(1, row.GetProperty("passes_per_inference").GetInt32());
        Assert.InRange(row.GetProperty("joule_per_inference").GetDouble(), 1e-9, 1e-3);
        string page = File.ReadAllText(run.In("out", "reproduce.md"));
        Assert.Contains($"`pnn {string.Join(' ', Small)} --json`", page, StringComparison.Ordinal);
        Assert.Contains("| tiny | – | ", page, StringComparison.Ordinal);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(run.In("out", "reproduce.png"))[..4]);
        Assert.Contains("simulated", File.ReadAllText(run.In("out", "reproduce.svg")), StringComparison.Ordinal);

        Assert.Equal(ExitCode.Done, await run.RunAsync("train", "--experiment", TinyExperiment.Name, "--in-process", "--seeds", "2", "--out", "alone", "--json"));
        foreach (string method in new[] { "pat", "in_silico_deployed", "in_silico_claimed" })
        {
            Assert.True(JsonElement.DeepEquals(row.GetProperty(method), run.Json.GetProperty(method)), method);
        }
    }

    [Fact]
    public async Task What_is_there_is_not_run_again_and_a_method_run_for_fewer_seeds_says_so()
    {
        using CommandRun run = TinyExperiment.With(new CommandRun());
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Small, "--methods", "pat", "--json"]));
        long passes = run.Json.GetProperty("tiny").GetProperty("passes").GetInt64();
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Small, "--methods", "pat", "--json"]));
        Assert.Equal(passes, run.Json.GetProperty("tiny").GetProperty("passes").GetInt64());

        Assert.Equal(ExitCode.Done, await run.RunAsync([.. OneSeed, "--methods", "in_silico", "--quiet"]));
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Small, "--methods", "pat", "--json"]));
        Assert.Equal(2, run.Json.GetProperty("tiny").GetProperty("pat").GetProperty("each").GetArrayLength());
        Assert.Equal(1, run.Json.GetProperty("tiny").GetProperty("in_silico_deployed").GetProperty("each").GetArrayLength());
        Assert.Equal(passes + TinyExperiment.TestSamples, run.Json.GetProperty("tiny").GetProperty("passes").GetInt64()); // the one deployed test
    }

    [Fact]
    public async Task A_table_that_was_interrupted_goes_on_and_ends_as_one_that_was_not()
    {
        using CommandRun whole = TinyExperiment.With(new CommandRun()), halves = TinyExperiment.With(new CommandRun());
        Assert.Equal(ExitCode.Done, await whole.RunAsync([.. Small, "--json"]));
        (int code, string sentence) = await InterruptedRun.AtAsync("seed 2 · physics-aware training · ", halves.Folder, Small);
        Assert.Equal(Interrupts.ExitCodeOfInterrupt, code);
        Assert.Contains("the same command goes on", sentence, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, await halves.RunAsync([.. Small, "--json"]));
        foreach (string figure in new[] { "pat", "in_silico_deployed", "noise_aware_deployed", "ideal_deployed", "digital_baseline", "twin" })
        {
            Assert.True(JsonElement.DeepEquals(whole.Json.GetProperty("tiny").GetProperty(figure), halves.Json.GetProperty("tiny").GetProperty(figure)), figure);
        }
    }

    [Fact]
    public async Task A_row_that_is_neither_known_nor_a_file_is_refused()
    {
        using CommandRun run = new();
        Assert.NotEqual(ExitCode.Done, await run.RunAsync("reproduce", "--experiments", "shg-vowel", "--in-process"));
        Assert.Contains("shg-vowel", run.LastErrorLine, StringComparison.Ordinal);
    }
}
