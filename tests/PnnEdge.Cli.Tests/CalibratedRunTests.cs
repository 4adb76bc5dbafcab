using System.Text;
using System.Text.Json;
using PnnEdge.Cli.Commands;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Results;
using PnnEdge.Training.Recordings;

namespace PnnEdge.Cli.Tests;

/// <summary>Runs that are held to a bench's calibration.</summary>
public sealed class CalibratedRunTests
{
    private static readonly string[] Tiny = ["train", "--experiment", TinyExperiment.Name, "--in-process", "--quiet"];

    private static async Task<CommandRun> CalibratedAsync(string file = "c.json", params string[] more)
    {
        CommandRun run = TinyExperiment.With(new CommandRun());
        Assert.True(await run.RunAsync(["calibrate", "circuit", "--in-process", "--out", file, "--quiet", .. more]) == ExitCode.Done, run.Error);
        return run;
    }

    [Fact]
    public async Task The_calibrated_bench_is_taken_on_any_day_and_the_run_is_bit_for_bit_the_one_without_a_calibration()
    {
        using CommandRun run = await CalibratedAsync();
        string id = CalibrationFile.Load(run.In("c.json")).Id;
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Tiny, "--out", "plain"]));
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Tiny, "--calibration", "c.json", "--out", "held"]));
        foreach (string file in new[] { "parameters-seed1.npz", "metrics.jsonl", "twin-seed1.npz" }) { Assert.Equal(File.ReadAllBytes(run.In("plain", file)), File.ReadAllBytes(run.In("held", file))); }
        Assert.Equal(id, JsonDocument.Parse(File.ReadAllText(run.In("held", "config.json"))).RootElement.GetProperty("calibration").GetProperty("id").GetString());
        Assert.Equal(File.ReadAllBytes(run.In("c.json")), File.ReadAllBytes(run.In("held", "calibration.json")));
        string state = Encoding.UTF8.GetString(NpzArchive.Load(run.In("held", "checkpoint-seed1.npz")).Get<byte>("state"));
        Assert.Equal(id, JsonDocument.Parse(state).RootElement.GetProperty("calibration").GetString());
        Assert.Contains("circuit#1 answers the probe as circuit#1 did on ", run.Error, StringComparison.Ordinal);
        for (int day = 1; day <= 4; day++) { Assert.Equal(ExitCode.Done, await run.RunAsync([.. Tiny, "--calibration", "c.json", "--epochs", "1", "--noise-seed", $"{day}", "--out", $"day{day}"])); }
    }

    [Theory]
    [InlineData("--serial", "4")]
    [InlineData("--fault", "rig.swap=2")]
    [InlineData("--fault", "drift.step=0.2")]
    [InlineData("--fault", "dac.gain=0.05")]
    public async Task Another_bench_is_refused_in_one_sentence_before_anything_is_written(params string[] other)
    {
        using CommandRun run = await CalibratedAsync();
        Assert.Equal(ExitCode.Failed, await run.RunAsync([.. Tiny, "--calibration", "c.json", "--out", "r", .. other]));
        Assert.Matches(
            @"^circuit#\d does not answer the probe as circuit#1 did on \d{4}-\d\d-\d\d: its .* \(at most [0-9.]+ ?%?\).*; put the calibrated bench back, or calibrate this one with 'pnn calibrate'\.$",
            run.LastErrorLine.Replace(": the shape", ": its shape", StringComparison.Ordinal));
        Assert.False(Directory.Exists(run.In("r")));
    }

    [Fact]
    public async Task A_Raspberry_Pi_s_rig_is_held_to_its_calibration_through_its_chips()
    {
        using CommandRun run = TinyExperiment.With(new CommandRun());
        Assert.True(await run.RunAsync("calibrate", "--system", "pi://simulated", "--serial", "1", "--out", "c.json", "--quiet") == ExitCode.Done, run.Error);
        string[] train = ["train", "--experiment", TinyExperiment.Name, "--system", "pi://simulated", "--calibration", "c.json", "--epochs", "1", "--quiet"];
        Assert.Equal(ExitCode.Failed, await run.RunAsync([.. train, "--serial", "2", "--out", "other"]));
        Assert.Matches(
            @"^pi-circuit#2 does not answer the probe as pi-circuit#1 did on \d{4}-\d\d-\d\d: .* \(at most [0-9.]+ ?%?\).*; put the calibrated bench back, or calibrate this one with 'pnn calibrate'\.$",
            run.LastErrorLine);
        Assert.False(Directory.Exists(run.In("other")));
        Assert.True(await run.RunAsync([.. train, "--serial", "1", "--out", "same"]) == ExitCode.Done, run.Error);
        Assert.Contains("pi-circuit#1 answers the probe as pi-circuit#1 did on ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_drift_beyond_what_is_allowed_is_refused_with_its_size_and_one_within_is_not()
    {
        // The look plays 256 shots while the gain falls by 0.5 in 10,000: 0.64 % on average; by 5 times as much, 3.2 %, of which the circuit may 1 %.
        using CommandRun run = await CalibratedAsync();
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Tiny, "--calibration", "c.json", "--epochs", "1", "--fault", "drift.gain=-0.5", "--out", "little"]));
        Assert.Equal(ExitCode.Failed, await run.RunAsync([.. Tiny, "--calibration", "c.json", "--fault", "drift.gain=-1", "drift.gain=-1", "drift.gain=-0.5", "--out", "much"]));
        Assert.Matches(@"its gain is -3\.[0-4]\d? % off \(at most 1\.[0-4]\d? %\)", run.LastErrorLine); // 0.1 % of noise and day on both sides
    }

    [Fact]
    public async Task Another_board_is_refused_by_what_differs_in_its_description()
    {
        using CommandRun run = await CalibratedAsync();
        Assert.Equal(ExitCode.Done, await run.RunAsync("calibrate", "plate", "--in-process", "--out", "plate.json", "--quiet"));
        Assert.Equal(ExitCode.Failed, await run.RunAsync([.. Tiny, "--calibration", "plate.json", "--out", "r"]));
        Assert.Matches(@"^circuit#1 samples at 1,000,000 Hz, not 96,000 Hz as in the calibration of \d{4}-\d\d-\d\d; put ", run.LastErrorLine);
    }

    [Fact]
    public async Task A_run_goes_on_with_its_own_calibration_and_refuses_another_or_another_bench()
    {
        using CommandRun run = await CalibratedAsync();
        Assert.Equal(ExitCode.Done, await run.RunAsync("calibrate", "circuit", "--in-process", "--noise-seed", "9", "--out", "other.json", "--quiet"));
        string id = CalibrationFile.Load(run.In("c.json")).Id, otherId = CalibrationFile.Load(run.In("other.json")).Id;
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Tiny, "--calibration", "c.json", "--out", "whole"]));
        Assert.Equal(Interrupts.ExitCodeOfInterrupt, (await InterruptedRun.AtAsync("fitting the twin", run.Folder, [.. Tiny[..^1], "--calibration", "c.json", "--out", "halves"])).Code);
        File.Copy(run.In("c.json"), run.In("same.json"));

        await RefusedAsync($"The run in {run.In("halves")} began with calibration {id} of ", "--calibration", "other.json");
        Assert.Contains($"is {otherId} of", run.LastErrorLine, StringComparison.Ordinal);
        File.Delete(run.In("c.json")); // the run has its own copy
        Assert.Equal(ExitCode.Done, await run.RunAsync("train", "--resume", "halves", "--in-process", "--calibration", "same.json", "--quiet"));
        Assert.Equal(File.ReadAllBytes(run.In("whole", "parameters-seed1.npz")), File.ReadAllBytes(run.In("halves", "parameters-seed1.npz")));

        // A checkpoint from a run on another calibration.
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Tiny, "--calibration", "other.json", "--out", "foreign"]));
        File.Copy(run.In("foreign", "checkpoint-seed1.npz"), run.In("halves", "checkpoint-seed1.npz"), overwrite: true);
        await RefusedAsync($"The checkpoint of seed 1 belongs to calibration {otherId}, this run to calibration {id}; put the run's own checkpoint back, or start a new run.");

        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Tiny, "--epochs", "1", "--out", "plain"]));
        Assert.Equal(ExitCode.Failed, await run.RunAsync("train", "--resume", "plain", "--in-process", "--calibration", "same.json", "--quiet"));
        Assert.Equal($"The run in {run.In("plain")} began without a calibration; leave out --calibration.", run.LastErrorLine);

        async Task RefusedAsync(string sentence, params string[] more)
        {
            Assert.Equal(ExitCode.Failed, await run.RunAsync(["train", "--resume", "halves", "--in-process", "--quiet", .. more]));
            Assert.StartsWith(sentence, run.LastErrorLine, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Twins_and_comparisons_are_held_to_the_calibration_too()
    {
        using CommandRun run = await CalibratedAsync();
        string[] wrong = ["--experiment", TinyExperiment.Name, "--in-process", "--calibration", "c.json", "--serial", "4", "--quiet"];
        foreach (string[] command in new string[][] { ["twin", "fit"], ["compare"], ["drift"] })
        {
            Assert.Equal(ExitCode.Failed, await run.RunAsync([.. command, .. wrong]));
            Assert.StartsWith("circuit#4 does not answer the probe as circuit#1 did on ", run.LastErrorLine, StringComparison.Ordinal);
        }
    }
}
