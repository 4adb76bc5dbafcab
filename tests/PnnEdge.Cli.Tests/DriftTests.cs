using System.Text.Json;
using PnnEdge.Cli.Commands;
using PnnEdge.Cli.Composition;

namespace PnnEdge.Cli.Tests;

/// <summary>Small drifts in process.</summary>
public sealed class DriftTests
{
    private static readonly string[] Small = ["drift", "--experiment", TinyExperiment.Name, "--in-process", "--seeds", "2", "--stages", "3", "--stage-shots", "2000", "--steps", "3"];

    [Fact]
    public async Task A_drift_leaves_everything_it_promises_and_its_json_agrees_with_the_files()
    {
        using CommandRun run = TinyExperiment.With(new CommandRun());
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Small, "--fault", "drift.gain=-0.5", "--out", "out", "--json"]));

        JsonElement json = run.Json;
        Assert.Equal("generated circuit True 2", $"{json.GetProperty("task")} {json.GetProperty("system")} {json.GetProperty("simulated")} {json.GetProperty("seeds")}");
        Assert.Equal("[\"drift.gain=-0.5\"]", json.GetProperty("fault").ToString());
        Assert.Equal([0, 2000, 4000, 6000], json.GetProperty("shots").EnumerateArray().Select(shots => shots.GetInt32()));
        JsonElement[] lines = [.. File.ReadAllLines(run.In("out", "drift.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["1 0", "1 1", "1 2", "1 3", "2 0", "2 1", "2 2", "2 3"], lines.Select(line => $"{line.GetProperty("seed")} {line.GetProperty("stage")}"));
        (string Answer, int Passes)[] answers = [("nothing", 0), ("compensation", 16), ("old_twin", 3 * TinyExperiment.PassesPerStep), ("refit_twin", 3 * TinyExperiment.PassesPerStep)];
        foreach ((string answer, int passes) in answers)
        {
            JsonElement figures = json.GetProperty(answer);
            Assert.Equal(passes, figures.GetProperty("passes_per_stage").GetInt32());
            double[][] each = [.. figures.GetProperty("stages").EnumerateArray().Select(stage => stage.GetProperty("each").EnumerateArray().Select(x => x.GetDouble()).ToArray())];
            Assert.Equal(lines.Select(line => line.GetProperty(answer).GetDouble()), Enumerable.Range(0, 2).SelectMany(seed => each.Select(stage => stage[seed])));
            Assert.Equal(each[^1].Average(), figures.GetProperty("last").GetProperty("mean").GetDouble(), 12);
            Assert.Equal(each[1..].Average(stage => stage.Average()), figures.GetProperty("mean").GetProperty("mean").GetDouble(), 12);
            Assert.Equal(json.GetProperty("before").GetProperty("each").ToString(), figures.GetProperty("stages")[0].GetProperty("each").ToString());
        }

        // Frames of the last stage are 4,000 shots into a ramp of −0.5 in 10,000; two times 16 frames, each with 0.5 % of gain jitter, leave 0.2 %.
        Assert.Equal(1 / 0.8, json.GetProperty("gain")[3].GetDouble(), 0.02);
        Assert.Equal(1, json.GetProperty("gain")[1].GetDouble(), 0.02); // measured when the drift has only begun
        long passes49 = (4 * 4 * TinyExperiment.TestSamples) + (4 * 16) + (2 * 3 * 3 * TinyExperiment.PassesPerStep);
        Assert.Equal(2 * passes49, json.GetProperty("passes").GetProperty("study").GetInt64());
        Assert.True(json.GetProperty("passes").GetProperty("training").GetInt64() > 2 * 300);
        Assert.InRange(json.GetProperty("seconds").GetProperty("study").GetDouble(), 0, json.GetProperty("seconds").GetProperty("total").GetDouble());

        Assert.True(JsonElement.DeepEquals(json, JsonDocument.Parse(File.ReadAllText(run.In("out", "drift.json"))).RootElement), "drift.json");
        foreach (string file in new[] { "config.json", "drift-settings.json", "drift-seed1.json", "drift-seed2.json", "parameters-seed2.npz", "drift.png", "drift.svg" })
        {
            Assert.True(new FileInfo(run.In("out", file)).Length > 100, file);
        }

        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(run.In("out", "drift.png"))[..4]);
        Assert.Contains("simulated", File.ReadAllText(run.In("out", "drift.svg")), StringComparison.Ordinal);
        Assert.Contains("drift.gain=-0.5: generated on circuit (simulated, its parameters are ours; generated data)", run.Error, StringComparison.Ordinal);
        Assert.Contains("digital softmax regression", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Networks_of_an_earlier_run_meet_the_drift_as_their_own_do_and_the_run_stays_as_it_is()
    {
        using CommandRun run = TinyExperiment.With(new CommandRun());
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Small, "--out", "own", "--quiet"]));
        Assert.Equal(ExitCode.Done, await run.RunAsync("train", "--experiment", TinyExperiment.Name, "--in-process", "--seeds", "3", "--out", "trained", "--quiet"));
        DateTime[] before = [.. Directory.GetFiles(run.In("trained")).Order().Select(File.GetLastWriteTimeUtc)];
        Assert.Equal(ExitCode.Done, await run.RunAsync("drift", "--from", "trained", "--in-process", "--seeds", "2", "--stages", "3", "--steps", "3", "--out", "after", "--quiet"));
        Assert.Equal(File.ReadAllText(run.In("own", "drift.jsonl")), File.ReadAllText(run.In("after", "drift.jsonl")));
        Assert.Equal(before, Directory.GetFiles(run.In("trained")).Order().Select(File.GetLastWriteTimeUtc));
        Assert.False(File.Exists(run.In("after", "parameters-seed3.npz")));

        Assert.Equal(ExitCode.Failed, await run.RunAsync("drift", "--from", "trained", "--in-process", "--seeds", "4"));
        Assert.Equal($"Asked for 4 seeds; the run in {run.In("trained")} has 3.", run.LastErrorLine);
        Assert.Equal(ExitCode.Usage, await run.RunAsync("drift", "--from", "trained", "--serial", "2"));
        Assert.Equal("--from takes the bench from the run's config.json; leave out --serial.", run.LastErrorLine);
        Assert.Equal(ExitCode.Failed, await run.RunAsync("drift", "--from", "trained", "--in-process", "--out", "after"));
        Assert.Contains($"go on with it by 'pnn drift --resume {run.In("after")}'", run.LastErrorLine, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Failed, await run.RunAsync("drift", "--resume", "trained", "--in-process"));
        Assert.Equal($"There is no drift study in {run.In("trained")}: it has no drift-settings.json.", run.LastErrorLine);
    }

    [Fact]
    public async Task A_drift_that_was_interrupted_and_resumed_ends_as_one_that_was_not()
    {
        string[] drift = [.. Small, "--fault", "temp.ramp=60", "noise.hetero=1@500", "--out", "out"];
        using CommandRun whole = TinyExperiment.With(new CommandRun());
        Assert.Equal(ExitCode.Done, await whole.RunAsync([.. drift, "--quiet"]));
        foreach (string stage in new[] { "seed 1 · physics-aware training · ", "seed 1 · drift · ", "seed 2 · drift · " })
        {
            using CommandRun halves = TinyExperiment.With(new CommandRun());
            (int code, string sentence) = await InterruptedRun.AtAsync(stage, halves.Folder, drift);
            Assert.Equal(Interrupts.ExitCodeOfInterrupt, code);
            Assert.Equal($"Interrupted; the outputs are safe, and 'pnn drift --resume {halves.In("out")} --in-process' goes on from here.", sentence);
            Assert.False(File.Exists(halves.In("out", "drift.json")));
            Assert.Equal(ExitCode.Done, await halves.RunAsync("drift", "--resume", "out", "--in-process", "--quiet"));
            foreach (string file in new[] { "drift.jsonl", "metrics.jsonl", "drift-settings.json" })
            {
                Assert.Equal(File.ReadAllText(whole.In("out", file)), File.ReadAllText(halves.In("out", file)));
            }
        }
    }

    [Fact]
    public async Task A_fault_begins_at_its_shot_of_the_drift_and_not_before()
    {
        using CommandRun run = TinyExperiment.With(new CommandRun());
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Small, "--fault", "drift.offset=10@2000", "--out", "a", "--quiet"]));
        Assert.Equal(ExitCode.Done, await run.RunAsync("drift", "--from", "a", "--in-process", "--stages", "3", "--steps", "3", "--fault", "drift.offset=-10@2000", "--out", "b", "--quiet"));
        string[] a = File.ReadAllLines(run.In("a", "drift.jsonl")), b = File.ReadAllLines(run.In("b", "drift.jsonl"));
        Assert.All([0, 1, 4, 5], line => Assert.Equal(a[line], b[line])); // before, and the first stage, of both seeds
        Assert.All([2, 3, 6, 7], line => Assert.NotEqual(a[line], b[line]));
    }
}
