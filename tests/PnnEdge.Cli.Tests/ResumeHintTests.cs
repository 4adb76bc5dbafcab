using System.CommandLine;
using System.CommandLine.Parsing;
using PnnEdge.Cli.Commands;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Runs;

namespace PnnEdge.Cli.Tests;

/// <summary>The command in an error sentence must be one that works.</summary>
public sealed class ResumeHintTests
{
    [Theory]
    [InlineData("")]
    [InlineData("--device own")]
    [InlineData("--in-process")]
    [InlineData("--system pi://local")]
    [InlineData("--system pi://local --rig circuit")]
    [InlineData("--broker mqtt://lab:1884")]
    [InlineData("--broker mqtt://lab:1884 --device roof/circuit-1")]
    [InlineData("--broker mqtt://me@[::1]:1884 --virtual --device own")]
    public void Parsed_again_it_leads_to_the_bench_that_the_run_had(string typed)
    {
        var bench = new BenchOptions();
        Command train = Train(bench);
        BenchSource had = bench.Read(train.Parse(typed), Benches.Circuit);
        ParseResult again = train.Parse(CommandIn(ResumeHint.Of(RunFolder.Free("/runs/a run"), had, "/data")).Skip(2).ToArray());
        Assert.Empty(again.Errors);
        Assert.Equal("/runs/a run", again.GetValue<string>("--resume"));
        Assert.Equal("/data", again.GetValue<string>("--data"));
        Assert.Equal(had, bench.ReadResumed(again, had.Virtual, Benches.Circuit));
    }

    [Fact]
    public void A_password_is_asked_for_and_not_shown()
    {
        var bench = new BenchOptions();
        BenchSource had = bench.Read(Train(bench).Parse("--broker mqtt://me:secret@lab"), Benches.Circuit);
        Assert.Equal(
            "'pnn train --resume /runs/1 --broker mqtt://me@lab:1883', with the broker's password added, goes on from here", ResumeHint.Of(RunFolder.Free("/runs/1"), had, null));
    }

    [Fact]
    public async Task Run_as_it_stands_it_ends_the_interrupted_training()
    {
        using var run = new CommandRun();
        string[] train = ["train", "generated", "--in-process", "--layers", "1", "--shots", "200", "--epochs", "3", "--out", "the run", "--data", run.Folder];
        (int code, string sentence) = await InterruptedRun.AtAsync("physics-aware training · ", run.Folder, train);
        Assert.Equal(Interrupts.ExitCodeOfInterrupt, code);
        Assert.StartsWith("Interrupted; the outputs are safe, and 'pnn train --resume ", sentence, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. CommandIn(sentence).Skip(1), "--quiet"]));
        Assert.True(File.Exists(run.In("the run", "summary.json")));
    }

    private static IEnumerable<string> CommandIn(string sentence) => CommandLineParser.SplitCommandLine(sentence.Split('\'')[1]);

    private static Command Train(BenchOptions bench)
    {
        var train = new Command("train") { Values.Path("--resume", "folder", "The run."), Values.Path("--data", "folder", "The data.") };
        bench.AddTo(train);
        return train;
    }
}
