using System.Text.Json;
using PnnEdge.Cli.Commands;
using PnnEdge.Cli.Composition;
using PnnEdge.Training.Methods;

namespace PnnEdge.Cli.Tests;

/// <summary>Small comparisons in process.</summary>
public sealed class CompareTests
{
    private const int Budget = 3000;
    private const int StartPasses = 64; // one layer is calibrated on 64 samples
    private const int ScalePasses = 300;
    private const int TwinPasses = 300;
    private const int NoisePasses = 1600;

    private static readonly string[] Small =
        ["compare", "--experiment", TinyExperiment.Name, "--in-process", "--seeds", "2", "--passes", $"{Budget}", "--tests", "4", "--test-samples", "20"];

    [Fact]
    public async Task A_comparison_leaves_everything_it_promises_and_no_method_plays_more_than_it_may()
    {
        using CommandRun run = TinyExperiment.With(new CommandRun());
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Small, "--out", "out", "--json"]));
        JsonElement json = run.Json;
        Assert.Equal($"generated circuit True 2 {Budget} 0.93", string.Join(' ', new[] { "task", "system", "simulated", "seeds", "budget", "target" }.Select(name => json.GetProperty(name))));
        Assert.Equal(MethodCatalogue.Names, json.GetProperty("methods").EnumerateObject().Select(method => method.Name));
        foreach (JsonProperty method in json.GetProperty("methods").EnumerateObject())
        {
            double[] passes = [.. method.Value.GetProperty("curve_passes").EnumerateArray().Select(p => p.GetDouble())];
            int before = method.Name switch
            {
                "in_silico" => TwinPasses,
                "noise_aware" => TwinPasses + NoisePasses,
                "pat" or "sharpness_aware" or "dfa" or "local" => TwinPasses + StartPasses,
                _ => ScalePasses + StartPasses,
            };
            int steps = method.Value.GetProperty("steps").GetInt32(), perStep = method.Value.GetProperty("passes_per_step").GetInt32();
            Assert.Equal(before, passes[0]);
            Assert.Equal(before + (steps * perStep), passes[^1]);
            Assert.True(passes[^1] <= Budget && (perStep == 0 || passes[^1] + perStep > Budget), $"{method.Name} stops at {passes[^1]} of {Budget}");
            Assert.Equal(2, method.Value.GetProperty("accuracy").GetProperty("each").GetArrayLength());
            Assert.Equal(method.Name is "in_silico" or "noise_aware", method.Value.GetProperty("claimed").ValueKind == JsonValueKind.Object);
        }

        Assert.True(JsonElement.DeepEquals(json, JsonDocument.Parse(File.ReadAllText(run.In("out", "compare.json"))).RootElement), "compare.json");
        int curves = MethodCatalogue.Names.Count * 2;
        Assert.InRange(File.ReadAllLines(run.In("out", "compare.jsonl")).Length, curves + 1, curves * 5);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(run.In("out", "compare.png"))[..4]);
        Assert.Contains("simulated", File.ReadAllText(run.In("out", "compare.svg")), StringComparison.Ordinal);
        Assert.All(MethodCatalogue.All, method => Assert.Contains(method.Title, run.Error, StringComparison.Ordinal));
        Assert.Contains("digital softmax regression", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comparison_that_was_interrupted_and_resumed_ends_as_one_that_was_not()
    {
        string[] asked = [.. Small, "--methods", "pat", "spsa", "--out", "out"];
        using CommandRun whole = TinyExperiment.With(new CommandRun()), halves = TinyExperiment.With(new CommandRun());
        Assert.Equal(ExitCode.Done, await whole.RunAsync([.. asked, "--quiet"]));
        (int code, string sentence) = await InterruptedRun.AtAsync("seed 2 · SPSA · ", halves.Folder, asked);
        Assert.Equal(Interrupts.ExitCodeOfInterrupt, code);
        Assert.Contains($"'pnn compare --resume {halves.In("out")} --in-process'", sentence, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, await halves.RunAsync("compare", "--resume", "out", "--in-process", "--quiet"));
        Assert.Equal(File.ReadAllText(whole.In("out", "compare.jsonl")), File.ReadAllText(halves.In("out", "compare.jsonl")));
    }

    [Fact]
    public async Task A_method_takes_what_the_experiment_says_of_it()
    {
        using CommandRun run = TinyExperiment.With(new CommandRun());
        File.AppendAllText(run.In(TinyExperiment.Name), "\nmethods:\n  multiplexed:\n    directions: 3\n    batch_shots: 10\n");
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Small, "--methods", "multiplexed", "--out", "out", "--json", "--quiet"]));
        Assert.Equal(10 * 4, run.Json.GetProperty("methods").GetProperty("multiplexed").GetProperty("passes_per_step").GetInt32());
    }

    [Theory]
    [InlineData("methods:\n  pat:\n    perturbation: 0.1\n", "pat moves no parameters to feel the loss; leave out methods.pat.perturbation.")]
    [InlineData("methods:\n  magic:\n    learning_rate: 0.1\n", "asked methods for 'magic'; possible are pat, in_silico,")]
    [InlineData("methods:\n  spsa:\n    perturbation: 2\n", "asked methods.spsa.perturbation for 2; possible is above 0 and below 1.")]
    public async Task What_a_method_cannot_take_is_refused_in_one_sentence(string lines, string sentence)
    {
        using CommandRun run = TinyExperiment.With(new CommandRun());
        File.AppendAllText(run.In(TinyExperiment.Name), "\n" + lines);
        Assert.NotEqual(ExitCode.Done, await run.RunAsync([.. Small, "--out", "out"]));
        Assert.Contains(sentence, run.LastErrorLine, StringComparison.Ordinal);
        Assert.False(Directory.Exists(run.In("out")));
    }

    [Fact]
    public async Task A_method_that_is_not_there_is_answered_with_those_that_are()
    {
        using CommandRun run = TinyExperiment.With(new CommandRun());
        Assert.Equal(ExitCode.Usage, await run.RunAsync([.. Small, "--methods", "backprop"]));
        Assert.Equal($"Asked --methods for 'backprop'; possible are {string.Join(", ", MethodCatalogue.Names)}.", run.LastErrorLine);
    }
}
