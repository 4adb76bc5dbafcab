using System.Text.Json;
using Json.Schema;
using PnnEdge.Cli.Commands;
using PnnEdge.Cli.Results;
using PnnEdge.Training.Calibration;

namespace PnnEdge.Cli.Tests;

/// <summary><c>pnn calibrate</c> and its file.</summary>
public sealed class CalibrateTests
{
    private static string Hardware => Path.Combine(AppContext.BaseDirectory, "Hardware");

    private static bool Fits(string json) =>
        JsonSchema.FromText(File.ReadAllText(Path.Combine(Hardware, "calibration.schema.json"))).Evaluate(JsonDocument.Parse(json).RootElement).IsValid;

    [Theory]
    [InlineData("loopback")]
    [InlineData("echo")]
    [InlineData("circuit")]
    [InlineData("circuit-codec")]
    [InlineData("ladder")]
    [InlineData("shg")]
    [InlineData("shg-full")]
    [InlineData("plate")]
    [InlineData("oscillators")]
    public async Task Every_bench_is_calibrated_into_a_file_of_the_schema_that_reads_back_as_it_was(string bench)
    {
        using var run = new CommandRun();
        Assert.True(await run.RunAsync("calibrate", bench, "--in-process", "--serial", "3", "--out", "c.json", "--json", "--quiet") == ExitCode.Done, run.Error);
        string text = File.ReadAllText(run.In("c.json"));
        Assert.True(Fits(text), "The file is not of the schema.");
        BenchCalibration read = CalibrationFile.Load(run.In("c.json"));
        Assert.Equal($"{bench.Split('-')[0]}#3", read.Bench.Name); // of the physics: the codec in front and the crystal's full equations make no other bench
        Assert.True(read.Bench.Simulated);
        Assert.Equal(bench is "loopback" or "echo" ? ChannelPath.Loopback : ChannelPath.ThroughBench, read.Channels[0].Path);
        Assert.Equal(read.Id, run.Json.GetProperty("calibration").GetProperty("id").GetString());
        CalibrationFile.Save(run.In("again.json"), read);
        Assert.Equal(text, File.ReadAllText(run.In("again.json")));
        Assert.True(new FileInfo(run.In("c.png")).Length > 10_000);
        Assert.Contains("<svg", File.ReadAllText(run.In("c.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_committed_example_is_of_the_schema_and_has_its_own_id()
    {
        string example = Path.Combine(Hardware, "loopback-1.simulated.json");
        Assert.True(Fits(File.ReadAllText(example)));
        Assert.True(CalibrationFile.Load(example).Bench.Simulated);
    }

    [Fact]
    public void The_schema_refuses_what_is_no_calibration()
    {
        string good = File.ReadAllText(Path.Combine(Hardware, "loopback-1.simulated.json"));
        Assert.False(Fits(good.Replace("\"loopback\"", "\"guess\"", StringComparison.Ordinal)));
        Assert.False(Fits(good.Replace("\"most_widths\"", "\"most_width\"", StringComparison.Ordinal)));
        Assert.False(Fits(good.Replace("pnnedge-calibration-1", "pnnedge-calibration-2", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_is_asked_stands_in_the_file()
    {
        using var run = new CommandRun();
        Assert.Equal(ExitCode.Done, await run.RunAsync(
            "calibrate", "loopback", "--in-process", "--levels", "17", "--sweeps", "3", "--allowed-gain", "0.3", "--allowed-shape", "0.2", "--false-alarms", "0.01", "--out", "c.json", "--quiet"));
        BenchCalibration read = CalibrationFile.Load(run.In("c.json"));
        Assert.InRange(read.Channels[0].AppliedVolts.Length, 15, 17);
        Assert.Equal(new AllowedDrift(0.003, 0.002), read.Fingerprint.Allowed);
        Assert.Equal(0.01, read.Fingerprint.FalseAlarms);
        Assert.InRange(read.Fingerprint.MostGain, 0.003, 0.0035);
        Assert.Contains("through a wire: both converters together", run.Out, StringComparison.Ordinal);
        Assert.Contains($"calibration {read.Id}", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_was_changed_or_is_something_else_is_refused_in_one_sentence()
    {
        using var run = new CommandRun();
        Assert.Equal(ExitCode.Done, await run.RunAsync("calibrate", "loopback", "--in-process", "--out", "c.json", "--quiet"));
        string good = File.ReadAllText(run.In("c.json")), id = CalibrationFile.Load(run.In("c.json")).Id;
        await RefusedAsync(good.Replace("\"most_gain\": 0.00", "\"most_gain\": 0.90", StringComparison.Ordinal), $"does not match its own id {id}: it was changed after it was measured; measure again with 'pnn calibrate'.");
        await RefusedAsync(good.Replace("-calibration-1", "-calibration-9", StringComparison.Ordinal), "has format 'pnnedge-calibration-9'; this program reads pnnedge-calibration-1.");
        await RefusedAsync("{}", "has format ''; this program reads pnnedge-calibration-1.");
        await RefusedAsync("{\"format\": \"pnnedge-calibration-1\"}", "does not match its own id : it was changed after it was measured; measure again with 'pnn calibrate'.");
        await RefusedAsync(good[..^40], "is no calibration: ");
        await RefusedAsync(good.Replace("\"mean_volts\": [", "\"mean_volts\": [\"x\", ", StringComparison.Ordinal), "is no calibration: ");
        Assert.Equal(ExitCode.Failed, await run.RunAsync("doctor", "loopback", "--in-process", "--calibration", "none.json", "--quiet"));
        Assert.Equal($"The calibration {run.In("none.json")} is not there; 'pnn calibrate --out {run.In("none.json")}' makes one.", run.LastErrorLine);

        async Task RefusedAsync(string text, string sentence)
        {
            Assert.NotEqual(good, text);
            File.WriteAllText(run.In("bad.json"), text);
            Assert.Equal(ExitCode.Failed, await run.RunAsync("doctor", "loopback", "--in-process", "--calibration", "bad.json", "--quiet"));
            Assert.StartsWith($"{run.In("bad.json")} {sentence}", run.LastErrorLine, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Asked for bench plate and for --system circuit; leave out one of them.", "calibrate", "plate", "--system", "circuit")]
    [InlineData("There is no bench 'bench'; there are circuit, circuit-codec, ladder, shg, shg-full, plate, oscillators, oscillators-gap, loopback, echo.", "doctor", "bench")]
    [InlineData("Asked for --allowed-gain -1; possible is a number from 0 to 50.", "calibrate", "--allowed-gain", "-1")]
    [InlineData("There is no limit 'xtalk'; there are gain, offset, linearity, range, noise, crosstalk, latency.", "doctor", "--limit", "xtalk=3")]
    public async Task A_wrong_command_line_is_answered_with_what_is_possible(string sentence, params string[] arguments)
    {
        using var run = new CommandRun();
        Assert.Equal(ExitCode.Usage, await run.RunAsync(arguments));
        Assert.Equal(sentence, run.LastErrorLine);
    }

    [Fact]
    public async Task An_input_that_does_not_pass_DC_is_said_and_a_pulse_shaper_has_none()
    {
        using var run = new CommandRun();
        Assert.Equal(ExitCode.Done, await run.RunAsync("calibrate", "loopback", "--in-process", "--ac-coupled", "--out", "c.json", "--quiet"));
        Assert.True(CalibrationFile.Load(run.In("c.json")).Channels[0].AgainstMiddle);
        Assert.Equal(ExitCode.Failed, await run.RunAsync("doctor", "shg", "--in-process", "--ac-coupled", "--quiet"));
        Assert.Equal("shg#1 is not read while it is driven, so no level can be read against the middle of its range in the same shot.", run.LastErrorLine);
    }

    [Fact]
    public async Task A_dead_channel_cannot_be_calibrated()
    {
        using var run = new CommandRun();
        Assert.Equal(ExitCode.Failed, await run.RunAsync("calibrate", "echo", "--in-process", "--fault", "adc.clip=0", "--out", "c.json", "--quiet"));
        Assert.Equal("echo#1 reads 0 V whatever is played; its input is stuck or not connected.", run.LastErrorLine);
        Assert.False(File.Exists(run.In("c.json")));
    }
}
