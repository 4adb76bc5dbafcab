using System.Text.Json;
using PnnEdge.Cli.Commands;
using PnnEdge.Training.Recordings;

namespace PnnEdge.Cli.Tests;

public sealed class TwinTests
{
    [Fact]
    public async Task A_fitted_twin_is_kept_with_its_shots_and_its_report_measures_the_same_twin_again()
    {
        using var run = new CommandRun();
        Assert.Equal(ExitCode.Done, await run.RunAsync("twin", "fit", "generated", "--in-process", "--shots", "400", "--out", "t.npz", "--recording", "shots.npz", "--json", "--quiet"));
        JsonElement fit = run.Json;
        Assert.Equal(400, fit.GetProperty("fitted_shots").GetInt32());
        Assert.InRange(fit.GetProperty("held_out_nrmse").GetDouble(), 0.01, 1);
        Assert.InRange(fit.GetProperty("fidelity").GetProperty("device_gradient_cosine").GetDouble(), 0.1, 1.05);
        Assert.Equal(400, NpzArchive.Load(run.In("shots.npz")).ShapeOf("shot")[0]);

        Assert.Equal(ExitCode.Done, await run.RunAsync("twin", "report", "t.npz", "--in-process", "--json", "--quiet"));
        Assert.Equal(fit.GetProperty("fidelity").ToString(), run.Json.GetProperty("fidelity").ToString());
    }

    [Fact]
    public async Task A_twin_is_fitted_and_reported_from_recorded_shots_without_a_bench()
    {
        using var run = TinyExperiment.With(new CommandRun());
        Assert.Equal(ExitCode.Done, await run.RunAsync("twin", "fit", "--experiment", TinyExperiment.Name, "--in-process", "--out", "live.npz", "--recording", "shots.npz", "--json", "--quiet"));
        double live = run.Json.GetProperty("held_out_nrmse").GetDouble();
        Assert.Equal(ExitCode.Done, await run.RunAsync("twin", "fit", "--experiment", TinyExperiment.Name, "--from", "shots.npz", "--out", "again.npz", "--json", "--quiet"));
        Assert.Equal(live, run.Json.GetProperty("held_out_nrmse").GetDouble());
        Assert.Equal(JsonValueKind.Null, run.Json.GetProperty("fidelity").ValueKind);
        Assert.Equal(File.ReadAllBytes(run.In("live.npz")), File.ReadAllBytes(run.In("again.npz")));

        // 90 % of its own shots are among them: as true as on the tenth that it never saw, or truer, within the spread of 30 shots' errors.
        Assert.Equal(ExitCode.Done, await run.RunAsync("twin", "report", "again.npz", "--from", "shots.npz", "--json", "--quiet"));
        Assert.Equal(300, run.Json.GetProperty("recorded_shots").GetInt32());
        Assert.InRange(run.Json.GetProperty("recorded_nrmse").GetDouble(), 0.5 * live, 1.2 * live);
    }

    [Fact]
    public async Task What_a_recording_cannot_do_is_said_in_one_sentence()
    {
        using var run = TinyExperiment.With(new CommandRun());
        File.WriteAllText(run.In("text.npz"), "not an archive");
        Assert.Equal(ExitCode.Done, await run.RunAsync("twin", "fit", "--experiment", TinyExperiment.Name, "--in-process", "--recording", "shots.npz", "--quiet"));
        await RefusedAsync($"The recording {run.In("none.npz")} is not there.", "twin", "fit", "--from", "none.npz");
        await RefusedAsync($"{run.In("text.npz")} is not readable: ", "twin", "fit", "--from", "text.npz");
        await RefusedAsync($"{run.In("twin.npz")} is not a recording: it has no array description.", "twin", "fit", "--from", "twin.npz");
        await RefusedAsync($"Asked for 301 shots; {run.In("shots.npz")} has 300.", "twin", "fit", "--experiment", TinyExperiment.Name, "--shots", "301", "--from", "shots.npz");
        await RefusedAsync("The experiment plays 206 and measures 206 samples per shot; ", "twin", "fit", "mnist", "--system", "oscillators", "--from", "shots.npz");

        async Task RefusedAsync(string sentence, params string[] arguments)
        {
            Assert.Equal(ExitCode.Failed, await run.RunAsync(arguments));
            Assert.StartsWith(sentence, run.LastErrorLine, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_search_keeps_the_twin_that_heads_its_table()
    {
        using var run = new CommandRun();
        Assert.Equal(ExitCode.Done, await run.RunAsync("twin", "search", "generated", "--in-process", "--shots", "200", "--work", "1", "--out", "best.npz", "--json", "--quiet"));
        JsonElement found = run.Json, best = found.GetProperty("candidates")[0];
        Assert.True(best.GetProperty("held_out_nrmse").GetDouble() <= found.GetProperty("candidates")[1].GetProperty("held_out_nrmse").GetDouble());
        Assert.Equal(best.GetProperty("parameters").GetInt32(), TwinFile.Load(run.In("best.npz")).Parameters.Length);
    }
}
