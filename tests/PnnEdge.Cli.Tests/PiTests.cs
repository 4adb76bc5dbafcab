using System.CommandLine.Parsing;
using PnnEdge.Cli.Commands;
using PnnEdge.Cli.Composition;

namespace PnnEdge.Cli.Tests;

/// <summary>A training on a Raspberry Pi's rig, its chips and bench simulated.</summary>
public sealed class PiTests
{
    private static readonly string[] Train = ["train", "--experiment", TinyExperiment.Name, "--system", "pi://simulated", "--out", "run"];

    [Fact]
    public async Task A_training_ends_with_its_usual_files_and_one_that_was_interrupted_goes_on_to_the_same_bits()
    {
        using CommandRun whole = TinyExperiment.With(new CommandRun()), cut = TinyExperiment.With(new CommandRun());
        Assert.True(await whole.RunAsync([.. Train, "--serial", "3", "--quiet", "--json"]) == 0, whole.Error);
        Assert.Equal("pi-circuit", whole.Json.GetProperty("system").GetString());
        Assert.True(File.Exists(whole.In("run", "accuracy.png")));

        (int code, string sentence) = await InterruptedRun.AtAsync("physics-aware training · ", cut.Folder, [.. Train, "--serial", "3"]);
        Assert.Equal(Interrupts.ExitCodeOfInterrupt, code);
        Assert.StartsWith("Interrupted; the outputs are safe, and 'pnn train --resume ", sentence, StringComparison.Ordinal);
        Assert.Contains(" --system pi://simulated --rig circuit --serial 3 ", sentence, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, await cut.RunAsync([.. CommandLineParser.SplitCommandLine(sentence.Split('\'')[1]).Skip(1), "--quiet"]));
        Assert.Equal(await ParametersAsync(whole), await ParametersAsync(cut));
    }

    [Fact]
    public async Task A_rig_of_one_s_own_is_a_file()
    {
        using CommandRun run = TinyExperiment.With(new CommandRun());
        string rig = await File.ReadAllTextAsync(RigFile(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(run.In("mine.yaml"), rig.Replace("name: pi-circuit", "name: pi-mine", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.True(await run.RunAsync([.. Train, "--rig", run.In("mine.yaml"), "--epochs", "1", "--quiet", "--json"]) == 0, run.Error);
        Assert.Equal("pi-mine", run.Json.GetProperty("system").GetString());
    }

    [Fact]
    public async Task On_a_computer_without_such_buses_one_sentence_says_what_is_missing_and_no_run_is_left()
    {
        Assert.SkipWhen(File.Exists("/dev/spidev0.0"), "skipped: this computer has SPI devices");
        using CommandRun run = TinyExperiment.With(new CommandRun());
        Assert.Equal(1, await run.RunAsync("train", "--experiment", TinyExperiment.Name, "--system", "pi://local", "--out", "run", "--quiet"));
        Assert.StartsWith("Rig pi-circuit needs /dev/spidev0.0, /dev/spidev0.1, /dev/i2c-1 and a /dev/gpiochip; this computer has ", run.LastErrorLine, StringComparison.Ordinal);
        Assert.False(Directory.Exists(run.In("run")));
    }

    [Fact]
    public async Task A_fault_of_converters_that_the_simulated_chips_do_not_have_is_refused()
    {
        using CommandRun run = TinyExperiment.With(new CommandRun());
        Assert.Equal(ExitCode.Usage, await run.RunAsync([.. Train, "--fault", "adc.clip=0.5", "--quiet"]));
        Assert.StartsWith("Asked for fault adc.clip; the simulated Pi's chips have none, it can inject drift.gain, ", run.LastErrorLine, StringComparison.Ordinal);
    }

    private static Task<byte[]> ParametersAsync(CommandRun run) => File.ReadAllBytesAsync(run.In("run", "parameters-seed1.npz"));

    /// <summary>The rig that the library carries, from the repository.</summary>
    private static string RigFile()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "PnnEdge.sln"))) { folder = Path.GetDirectoryName(folder); }
        return Path.Combine(folder!, "host", "PnnEdge.RaspberryPi", "Rigs", "circuit.yaml");
    }
}
