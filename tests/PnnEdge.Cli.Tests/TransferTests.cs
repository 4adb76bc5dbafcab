using System.Text.Json;
using PnnEdge.Cli.Commands;
using PnnEdge.Cli.Composition;

namespace PnnEdge.Cli.Tests;

/// <summary>Small transfers in process.</summary>
public sealed class TransferTests
{
    private static readonly string[] Small = ["transfer", "--experiment", TinyExperiment.Name, "--in-process", "--seeds", "2", "--serial", "3", "--passes", "300"];

    [Fact]
    public async Task A_transfer_leaves_everything_it_promises_and_its_json_agrees_with_the_files()
    {
        using CommandRun run = TinyExperiment.With(new CommandRun());
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Small, "--out", "out", "--json"]));
        JsonElement json = run.Json;
        Assert.Equal("generated circuit True 2 3 4", string.Join(' ', new[] { "task", "system", "simulated", "seeds", "from_serial", "to_serial" }.Select(name => json.GetProperty(name))));
        Assert.Equal(Enumerable.Range(0, 11).Select(step => step * TinyExperiment.PassesPerStep), json.GetProperty("curve_passes").EnumerateArray().Select(passes => passes.GetInt32())); // 300 in whole steps

        JsonElement[] lines = [.. File.ReadAllLines(run.In("out", "transfer.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(2 * 2 * 11, lines.Length);
        foreach ((string name, string twin) in new[] { ("old_twin", "old twin"), ("refit_twin", "twin refitted") })
        {
            JsonElement[] ofTwin = [.. lines.Where(line => line.GetProperty("twin").GetString() == twin)];
            double[] mean = [.. json.GetProperty(name).GetProperty("curve").EnumerateArray().Select(point => point.GetProperty("mean").GetDouble())];
            Assert.Equal(Enumerable.Range(0, 11).Select(i => (ofTwin[i].GetProperty("accuracy").GetDouble() + ofTwin[11 + i].GetProperty("accuracy").GetDouble()) / 2), mean);
            Assert.Equal(mean[^1], json.GetProperty(name).GetProperty("recovered").GetProperty("mean").GetDouble());
            Assert.Equal(mean[0], json.GetProperty("deployed_on_b").GetProperty("mean").GetDouble()); // before any step the twin does not matter
        }

        Assert.Equal(2 * 2 * ((10 * TinyExperiment.PassesPerStep) + (11 * TinyExperiment.TestSamples)), json.GetProperty("passes").GetProperty("study").GetInt64());
        Assert.True(JsonElement.DeepEquals(json, JsonDocument.Parse(File.ReadAllText(run.In("out", "transfer.json"))).RootElement), "transfer.json");
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(run.In("out", "transfer.png"))[..4]);
        Assert.Contains("simulated", File.ReadAllText(run.In("out", "transfer.svg")), StringComparison.Ordinal);
        foreach (string row in new[] { "unit 3, where it was trained", "unit 4, as it comes", "unit 4, PAT goes on, old twin", "unit 4, PAT goes on, twin refitted", "digital softmax regression" })
        {
            Assert.Contains(row, run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_other_unit_is_another_one_and_the_same_for_whoever_asks_again()
    {
        using CommandRun run = TinyExperiment.With(new CommandRun());
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Small, "--out", "four", "--quiet"]));
        Assert.Equal(ExitCode.Done, await run.RunAsync("transfer", "--from", "four", "--in-process", "--passes", "300", "--to-serial", "4", "--out", "again", "--quiet"));
        Assert.Equal(ExitCode.Done, await run.RunAsync("transfer", "--from", "four", "--in-process", "--passes", "300", "--to-serial", "5", "--out", "five", "--quiet"));
        Assert.Equal(File.ReadAllText(run.In("four", "transfer.jsonl")), File.ReadAllText(run.In("again", "transfer.jsonl")));
        Assert.NotEqual(File.ReadAllText(run.In("four", "transfer.jsonl")), File.ReadAllText(run.In("five", "transfer.jsonl")));

        Assert.Equal(ExitCode.Usage, await run.RunAsync("transfer", "--from", "four", "--in-process", "--to-serial", "3"));
        Assert.Equal("Asked to transfer to unit 3, which the network is trained on; possible is any other serial number.", run.LastErrorLine);
    }

    [Fact]
    public async Task A_transfer_that_was_interrupted_and_resumed_ends_as_one_that_was_not()
    {
        using CommandRun whole = TinyExperiment.With(new CommandRun()), halves = TinyExperiment.With(new CommandRun());
        Assert.Equal(ExitCode.Done, await whole.RunAsync([.. Small, "--out", "out", "--quiet"]));
        (int code, string sentence) = await InterruptedRun.AtAsync("seed 2 · unit 4, twin refitted · ", halves.Folder, [.. Small, "--out", "out"]);
        Assert.Equal(Interrupts.ExitCodeOfInterrupt, code);
        Assert.Contains($"'pnn transfer --resume {halves.In("out")} --in-process'", sentence, StringComparison.Ordinal);
        Assert.True(File.Exists(halves.In("out", "transfer-seed1.json")));
        Assert.Equal(ExitCode.Done, await halves.RunAsync("transfer", "--resume", "out", "--in-process", "--quiet"));
        Assert.Equal(File.ReadAllText(whole.In("out", "transfer.jsonl")), File.ReadAllText(halves.In("out", "transfer.jsonl")));
    }
}
