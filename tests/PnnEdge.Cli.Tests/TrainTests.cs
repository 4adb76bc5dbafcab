using System.Globalization;
using System.Text.Json;
using PnnEdge.Cli.Commands;

namespace PnnEdge.Cli.Tests;

/// <summary>Small runs in process: one layer, few shots, few epochs.</summary>
public sealed class TrainTests
{
    private static readonly string[] Small = ["train", "generated", "--in-process", "--layers", "1", "--shots", "200", "--epochs", "3"];

    [Fact]
    public async Task A_run_leaves_everything_it_promises_and_its_json_agrees_with_the_files()
    {
        using var run = new CommandRun();
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Small, "--seeds", "2", "--first-seed", "3", "--out", "out", "--json"]));

        JsonElement json = run.Json;
        Assert.Equal("generated", json.GetProperty("task").GetString());
        Assert.Equal("circuit", json.GetProperty("system").GetString());
        Assert.Equal(2, json.GetProperty("seeds").GetInt32());
        foreach (string method in new[] { "pat", "in_silico_deployed", "in_silico_claimed" })
        {
            double[] each = [.. json.GetProperty(method).GetProperty("each").EnumerateArray().Select(x => x.GetDouble())];
            Assert.Equal(2, each.Length);
            Assert.All(each, accuracy => Assert.Equal(Math.Round(accuracy * 49), accuracy * 49, 9)); // whole test samples
            Assert.Equal(each.Average(), json.GetProperty(method).GetProperty("mean").GetDouble(), 12);
        }

        JsonElement seconds = json.GetProperty("seconds");
        double parts = new[] { "physics", "link", "twin", "update" }.Sum(part => seconds.GetProperty(part).GetDouble());
        Assert.InRange(parts, 0.01, seconds.GetProperty("total").GetDouble());
        Assert.True(json.GetProperty("passes").GetInt64() > 2 * (200 + (3 * 210) + (2 * 49)), "twin shots, training with validation, and both tests, of two seeds");

        Assert.True(JsonElement.DeepEquals(json, JsonDocument.Parse(File.ReadAllText(run.In("out", "summary.json"))).RootElement), "summary.json");
        JsonElement[] metrics = [.. File.ReadAllLines(run.In("out", "metrics.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(
            ["3 pat 1", "3 pat 2", "3 pat 3", "3 in_silico 1", "3 in_silico 2", "3 in_silico 3", "4 pat 1", "4 pat 2", "4 pat 3", "4 in_silico 1", "4 in_silico 2", "4 in_silico 3"],
            metrics.Select(m => $"{m.GetProperty("seed")} {m.GetProperty("method").GetString()} {m.GetProperty("epoch")}"));
        foreach (string file in new[] { "config.json", "parameters-seed3.npz", "parameters-seed4.npz", "twin-seed3.npz", "twin-seed4.npz", "checkpoint-seed3.npz", "accuracy.png", "accuracy.svg" })
        {
            Assert.True(new FileInfo(run.In("out", file)).Length > 100, file);
        }

        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(run.In("out", "accuracy.png"))[..4]);
        Assert.Contains("simulated", File.ReadAllText(run.In("out", "accuracy.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_reads_every_shot_of_training_and_tests_as_often_as_its_experiment_says()
    {
        long once = await PassesAsync(repeats: 1), thrice = await PassesAsync(repeats: 3);

        // Calibration on 64 samples, 8 epochs of 210 training and validation samples, and the tests of what was trained on the system and in silico.
        Assert.Equal(2 * (64 + (8 * 210) + (2 * TinyExperiment.TestSamples)), thrice - once);

        static async Task<long> PassesAsync(int repeats)
        {
            using CommandRun run = TinyExperiment.With(new CommandRun(), repeats);
            Assert.Equal(ExitCode.Done, await run.RunAsync("train", "--experiment", TinyExperiment.Name, "--in-process", "--out", "out", "--json", "--quiet"));
            return run.Json.GetProperty("passes").GetInt64();
        }
    }

    [Fact]
    public async Task The_table_shows_the_figures_of_the_summary_and_says_that_they_are_simulated()
    {
        using var run = new CommandRun();
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Small, "--out", "out", "--quiet"]));
        JsonElement json = JsonDocument.Parse(File.ReadAllText(run.In("out", "summary.json"))).RootElement;
        Assert.Contains("generated on circuit (simulated, its parameters are ours; generated data)", run.Out, StringComparison.Ordinal);
        AssertRow("physics-aware training, on the system", json.GetProperty("pat"));
        AssertRow("in silico: claims", json.GetProperty("in_silico_claimed"));
        AssertRow("in silico: delivers on the system", json.GetProperty("in_silico_deployed"));
        Assert.Contains("One of 49 test samples is 2 points", run.Out, StringComparison.Ordinal);
        Assert.Equal("Results go to " + run.In("out") + ".", run.Error.TrimEnd());

        void AssertRow(string name, JsonElement figures)
        {
            string mean = (100 * figures.GetProperty("mean").GetDouble()).ToString("F1", CultureInfo.InvariantCulture) + " %";
            Assert.Contains(run.Out.Split('\n'), line => line.Contains(name, StringComparison.Ordinal) && line.Contains(mean, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("random shots")]
    [InlineData("physics-aware training · ")]
    [InlineData("training in silico · ")]
    public async Task A_run_that_was_interrupted_and_resumed_ends_bit_for_bit_as_one_that_was_not(string stage)
    {
        using var whole = new CommandRun();
        Assert.Equal(ExitCode.Done, await whole.RunAsync([.. Small, "--out", "out", "--quiet"]));

        using var halves = new CommandRun();
        Assert.Equal(Composition.Interrupts.ExitCodeOfInterrupt, (await InterruptedRun.AtAsync(stage, halves.Folder, [.. Small, "--out", "out"])).Code);
        Assert.False(File.Exists(halves.In("out", "summary.json")));
        Assert.Equal(ExitCode.Done, await halves.RunAsync("train", "--resume", "out", "--in-process", "--quiet"));

        foreach (string file in new[] { "parameters-seed1.npz", "twin-seed1.npz", "metrics.jsonl" })
        {
            Assert.True(File.ReadAllBytes(whole.In("out", file)).AsSpan().SequenceEqual(File.ReadAllBytes(halves.In("out", file))), file);
        }

        string[] accuracies = [.. new[] { whole, halves }.Select(run => JsonDocument.Parse(File.ReadAllText(run.In("out", "summary.json"))).RootElement)
            .Select(json => $"{json.GetProperty("pat")} {json.GetProperty("in_silico_deployed")} {json.GetProperty("in_silico_claimed")} {json.GetProperty("digital_baseline")}")];
        Assert.Equal(accuracies[0], accuracies[1]);
    }

    [Fact]
    public async Task A_run_is_not_resumed_on_another_bench_or_other_data()
    {
        using var run = new CommandRun();
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Small, "--out", "out", "--quiet"]));
        Assert.Equal(ExitCode.Usage, await run.RunAsync("train", "--resume", "out", "--broker", "mqtt://127.0.0.1:1"));
        Assert.Equal("This run was on a virtual device of its own; with --broker add --virtual.", run.LastErrorLine);
        Assert.Equal(ExitCode.Usage, await run.RunAsync("train", "--resume", "out", "--serial", "2"));
        Assert.Equal("--resume takes the bench from the run's config.json; leave out --serial.", run.LastErrorLine);

        string config = File.ReadAllText(run.In("out", "config.json"));
        File.WriteAllText(run.In("out", "config.json"), config.Replace("\"data_hash\": \"", "\"data_hash\": \"00", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Failed, await run.RunAsync("train", "--resume", "out", "--in-process", "--quiet"));
        Assert.StartsWith("The data of generated are not those that the run in ", run.LastErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_checkpoint_is_named_and_nothing_is_trained_on_it()
    {
        using var run = new CommandRun();
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Small, "--out", "out", "--quiet"]));
        byte[] checkpoint = File.ReadAllBytes(run.In("out", "checkpoint-seed1.npz"));
        foreach (ref byte damaged in checkpoint.AsSpan(checkpoint.Length / 2, 200)) { damaged ^= 0xFF; } // longer than any header of the archive
        File.WriteAllBytes(run.In("out", "checkpoint-seed1.npz"), checkpoint);
        Assert.Equal(ExitCode.Failed, await run.RunAsync("train", "--resume", "out", "--in-process", "--quiet"));
        Assert.Contains("checkpoint-seed1.npz", run.LastErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_changes_the_result_and_the_same_fault_gives_the_same_one()
    {
        using var run = new CommandRun();
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Small, "--out", "sound", "--quiet"]));
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Small, "--out", "faulty", "--quiet", "--fault", "adc.inl", "drift.step=0.3"]));
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Small, "--out", "again", "--quiet", "--fault", "adc.inl", "--fault", "drift.step=0.3"]));
        byte[] sound = File.ReadAllBytes(run.In("sound", "twin-seed1.npz")), faulty = File.ReadAllBytes(run.In("faulty", "twin-seed1.npz"));
        Assert.False(sound.AsSpan().SequenceEqual(faulty));
        Assert.True(faulty.AsSpan().SequenceEqual(File.ReadAllBytes(run.In("again", "twin-seed1.npz"))));
    }

    [Fact]
    public async Task A_device_that_restarts_and_spoils_its_parameters_changes_no_result()
    {
        using var run = new CommandRun();
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Small, "--out", "sound", "--quiet"]));
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Small, "--out", "faulty", "--quiet", "--fault", "dev.reboot=3@50", "param.bitflip=2@60", "param.stale=2@70"]));
        foreach (string file in new[] { "twin-seed1.npz", "parameters-seed1.npz" })
        {
            Assert.True(File.ReadAllBytes(run.In("sound", file)).AsSpan().SequenceEqual(File.ReadAllBytes(run.In("faulty", file))), file);
        }
    }
}
