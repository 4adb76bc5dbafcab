using System.Text.Json;
using PnnEdge.Cli.Commands;

namespace PnnEdge.Cli.Tests;

/// <summary><c>pnn doctor</c>; its checks themselves are tested where they are made.</summary>
public sealed class DoctorTests
{
    private static JsonElement Check(CommandRun run, string name) => run.Json.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("check").GetString() == name);

    [Fact]
    public async Task A_sound_bench_ends_with_0_and_a_faulty_one_with_1_and_both_tell_every_check()
    {
        using var run = new CommandRun();
        Assert.Equal(ExitCode.Done, await run.RunAsync("doctor", "loopback", "--in-process", "--out", "doctor.json", "--json", "--quiet"));
        Assert.True(run.Json.GetProperty("sound").GetBoolean());
        Assert.True(run.Json.GetProperty("round_trip_millis").GetProperty("p50").GetDouble() <= run.Json.GetProperty("round_trip_millis").GetProperty("p95").GetDouble());
        Assert.Equal(JsonSerializer.Serialize(run.Json), JsonSerializer.Serialize(JsonDocument.Parse(File.ReadAllText(run.In("doctor.json"))).RootElement));

        Assert.Equal(ExitCode.Failed, await run.RunAsync("doctor", "loopback", "--in-process", "--fault", "xtalk", "--json", "--quiet"));
        Assert.False(run.Json.GetProperty("sound").GetBoolean());
        Assert.Equal("wrong", Check(run, "crosstalk").GetProperty("verdict").GetString());
        Assert.Equal(-26.02, Check(run, "crosstalk").GetProperty("measured").GetDouble(), 0.05);
    }

    [Fact]
    public async Task A_table_says_what_to_do()
    {
        using var run = new CommandRun();
        Assert.Equal(ExitCode.Failed, await run.RunAsync("doctor", "loopback", "--in-process", "--fault", "adc.inl=20", "--quiet"));
        Assert.Contains("WRONG", run.Out, StringComparison.Ordinal);
        Assert.Contains("Check the", run.Out, StringComparison.Ordinal);
        Assert.Contains("wrong.", run.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, await run.RunAsync("doctor", "loopback", "--in-process", "--fault", "adc.inl=20", "--limit", "linearity=30", "gain=5", "--quiet"));
    }

    [Fact]
    public async Task A_circuit_is_no_wire_whatever_is_said_of_it()
    {
        using var run = new CommandRun();
        Assert.Equal(ExitCode.Done, await run.RunAsync("doctor", "circuit", "--in-process", "--json", "--quiet"));
        Assert.Equal("not_checked", Check(run, "linearity").GetProperty("verdict").GetString());
        Assert.Equal(ExitCode.Failed, await run.RunAsync("doctor", "circuit", "--in-process", "--strict", "--json", "--quiet"));
        Assert.Equal(ExitCode.Failed, await run.RunAsync("doctor", "circuit", "--in-process", "--loopback", "--json", "--quiet"));
        Assert.Equal("wrong", Check(run, "wire").GetProperty("verdict").GetString());
    }

    [Theory]
    [InlineData("circuit-codec", "adc.stuck=3", "stuck")]
    [InlineData("circuit", "dac.stuck", "outputs")]
    [InlineData("shg", "opt.pixel=99", "outputs")]
    [InlineData("shg", "opt.bin", "inputs")]
    public async Task What_stands_still_is_found_on_the_bench_it_stands_still_on_and_every_check_not_made_says_why(string bench, string fault, string check)
    {
        using var run = new CommandRun();
        Assert.Equal(ExitCode.Failed, await run.RunAsync("doctor", bench, "--in-process", "--fault", fault, "--json", "--quiet"));
        Assert.Equal("wrong", Check(run, check).GetProperty("verdict").GetString());
        Assert.All(
            run.Json.GetProperty("checks").EnumerateArray().Where(one => one.GetProperty("verdict").GetString() == "not_checked"),
            one => Assert.Matches(@"^(The physics |Every output moves many inputs|Loaded first, read afterwards).*\.$", one.GetProperty("advice").GetString()!));
    }

    [Fact]
    public async Task An_output_at_a_free_terminal_is_no_fault_where_the_bench_has_one_or_it_is_said()
    {
        using var run = new CommandRun();
        Assert.Equal(ExitCode.Done, await run.RunAsync("doctor", "ladder", "--in-process", "--quiet"));
        Assert.Equal(ExitCode.Done, await run.RunAsync("doctor", "circuit", "--in-process", "--fault", "dac.stuck", "--unused", "bias", "--quiet"));
        Assert.Equal(ExitCode.Usage, await run.RunAsync("doctor", "circuit", "--in-process", "--unused", "knob", "--quiet"));
        Assert.Equal("Asked for --unused knob; static outputs of circuit#1 are bias.", run.LastErrorLine);
    }

    [Fact]
    public async Task The_fingerprint_is_a_check_where_a_calibration_is_named()
    {
        using var run = new CommandRun();
        Assert.Equal(ExitCode.Done, await run.RunAsync("calibrate", "plate", "--in-process", "--out", "c.json", "--quiet"));
        Assert.Equal(ExitCode.Done, await run.RunAsync("doctor", "plate", "--in-process", "--calibration", "c.json", "--noise-seed", "5", "--json", "--quiet"));
        Assert.InRange(Check(run, "fingerprint").GetProperty("measured").GetDouble(), 0, 1);
        Assert.Equal(ExitCode.Failed, await run.RunAsync("doctor", "plate", "--in-process", "--calibration", "c.json", "--fault", "rig.swap", "--json", "--quiet"));
        Assert.True(Check(run, "fingerprint").GetProperty("measured").GetDouble() > 2);
    }

    [Fact]
    public async Task A_sound_report_goes_with_the_run_and_another_is_refused()
    {
        using CommandRun run = TinyExperiment.With(new CommandRun());
        string[] tiny = ["train", "--experiment", TinyExperiment.Name, "--in-process", "--epochs", "1", "--quiet"];
        Assert.Equal(ExitCode.Done, await run.RunAsync("doctor", "circuit", "--in-process", "--out", "good.json", "--quiet"));
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. tiny, "--doctor", "good.json", "--out", "r"]));
        Assert.Equal(File.ReadAllText(run.In("good.json")), File.ReadAllText(run.In("r", "doctor.json")));

        Assert.Equal(ExitCode.Failed, await run.RunAsync([.. tiny, "--doctor", "good.json", "--serial", "2", "--out", "other"]));
        Assert.Matches($@"^The report {run.In("good.json")} is of circuit#1, looked at on \d{{4}}-\d\d-\d\d, and this bench is circuit#2; let 'pnn doctor' look at this one\.$", run.LastErrorLine);
        Assert.False(Directory.Exists(run.In("other")));

        Assert.Equal(ExitCode.Failed, await run.RunAsync("doctor", "circuit", "--in-process", "--strict", "--out", "bad.json", "--quiet"));
        Assert.Equal(ExitCode.Failed, await run.RunAsync([.. tiny, "--doctor", "bad.json", "--out", "other"]));
        Assert.Equal("The doctor found circuit#1 not sound by strict measure: wire, offset, linearity, codes, range, crosstalk; see to it, and let 'pnn doctor' look again.", run.LastErrorLine);
        File.WriteAllText(run.In("none.json"), "{}");
        Assert.Equal(ExitCode.Failed, await run.RunAsync([.. tiny, "--doctor", "none.json", "--out", "other"]));
        Assert.Equal($"{run.In("none.json")} is no report of 'pnn doctor': it has no bench and no checks.", run.LastErrorLine);
    }
}
