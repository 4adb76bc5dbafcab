using System.CommandLine.Parsing;
using System.Text.Json;
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
    public async Task The_doctor_finds_the_rig_loopback_sound_and_the_bit_that_is_stuck_in_it()
    {
        string[] look = ["doctor", "--system", "pi://simulated", "--rig", "loopback", "--json", "--quiet"];
        using var run = new CommandRun();
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. look, "--strict"]));
        Assert.True(run.Json.GetProperty("loopback").GetBoolean()); // the rig says so
        Assert.Equal("pi-loopback#1", run.Json.GetProperty("bench").GetString());
        Assert.Equal(ExitCode.Failed, await run.RunAsync([.. look, "--loopback", "--fault", "adc.stuck=3"]));
        JsonElement stuck = Assert.Single(run.Json.GetProperty("checks").EnumerateArray(), check => check.GetProperty("check").GetString() == "stuck");
        Assert.StartsWith("Bit 3 of the readings never changes ", stuck.GetProperty("advice").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_training_behind_a_front_end_that_clips_measures_something_else()
    {
        using CommandRun run = TinyExperiment.With(new CommandRun()), clipped = TinyExperiment.With(new CommandRun());
        Assert.True(await run.RunAsync([.. Train, "--epochs", "1", "--quiet"]) == 0, run.Error);
        Assert.True(await clipped.RunAsync([.. Train, "--epochs", "1", "--fault", "adc.clip=0.1", "--quiet"]) == 0, clipped.Error);
        Assert.NotEqual(await ParametersAsync(run), await ParametersAsync(clipped));
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
