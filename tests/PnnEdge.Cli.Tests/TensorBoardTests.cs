using System.Text.Json;
using PnnEdge.Cli.Commands;
using PnnEdge.Cli.Composition;

namespace PnnEdge.Cli.Tests;

/// <summary><c>pnn train --tensorboard</c>.</summary>
public sealed class TensorBoardTests
{
    private const int StepsPerEpoch = 6; // 168 training samples (a fifth of 210 validates) in batches of 32
    private const int Epochs = 8;

    private static readonly string[] Tiny = ["train", "--experiment", TinyExperiment.Name, "--in-process", "--out", "out", "--tensorboard", "board"];

    [Fact]
    public async Task Every_seed_and_method_has_a_TensorBoard_run_whose_scalars_are_those_of_the_metrics()
    {
        using CommandRun run = TinyExperiment.With(new CommandRun());
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Tiny, "--seeds", "2", "--quiet"]));
        Assert.Equal(
            ["seed1-in_silico", "seed1-pat", "seed2-in_silico", "seed2-pat"],
            Directory.GetDirectories(run.In("board", "out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        JsonElement[] metrics = [.. File.ReadAllLines(run.In("out", "metrics.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];
        foreach (IGrouping<string, JsonElement> training in metrics.GroupBy(line => $"seed{line.GetProperty("seed")}-{line.GetProperty("method").GetString()}"))
        {
            IReadOnlyList<(long Step, string Tag, float Value)> events = EventRecords.Read(Assert.Single(Directory.GetFiles(run.In("board", "out", training.Key))));
            Assert.Equal(
                training.Select(line => (StepsPerEpoch * line.GetProperty("epoch").GetInt64(), (float)line.GetProperty("validation_accuracy").GetDouble())),
                Of(events, "epoch/validation_accuracy"));
            Assert.Equal(training.Select(line => (float)line.GetProperty("train_loss").GetDouble()), Of(events, "epoch/train_loss_nats").Select(epoch => epoch.Value));
            Assert.Equal(Enumerable.Range(1, StepsPerEpoch * Epochs).Select(step => (long)step), Of(events, "step/loss_nats").Select(step => step.Step));
        }
    }

    [Fact]
    public async Task A_resumed_run_goes_on_in_the_same_folder_with_a_file_that_says_where()
    {
        using CommandRun run = TinyExperiment.With(new CommandRun());
        Assert.Equal(Interrupts.ExitCodeOfInterrupt, (await InterruptedRun.AtAsync("physics-aware training · ", run.Folder, Tiny)).Code);
        string before = Assert.Single(Directory.GetFiles(run.In("board", "out", "seed1-pat")));
        Assert.Equal(ExitCode.Done, await run.RunAsync("train", "--resume", "out", "--in-process", "--quiet"));
        string[] files = [.. Directory.GetFiles(run.In("board", "out", "seed1-pat")).Order(StringComparer.Ordinal)];
        Assert.Equal(before, files[0]);
        Assert.Equal(2, files.Length);

        IReadOnlyList<(long Step, string Tag, float Value)> first = EventRecords.Read(files[0]), second = EventRecords.Read(files[1]);
        long goesOn = second.Single(entry => entry.Tag == "start").Step;
        Assert.Equal(1, first.Single(entry => entry.Tag == "start").Step);
        Assert.InRange(goesOn, 2, StepsPerEpoch * Epochs);

        // TensorBoard drops from the first what lies at or behind the second's start; together they have every step once.
        Assert.Equal(
            Enumerable.Range(1, StepsPerEpoch * Epochs).Select(step => (long)step),
            Of(first, "step/loss_nats").Select(step => step.Step).Where(step => step < goesOn).Concat(Of(second, "step/loss_nats").Select(step => step.Step)));
    }

    private static IEnumerable<(long Step, float Value)> Of(IEnumerable<(long Step, string Tag, float Value)> events, string tag) =>
        events.Where(entry => entry.Tag == tag).Select(entry => (entry.Step, entry.Value));
}
