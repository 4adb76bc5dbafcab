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
    public async Task A_search_keeps_the_twin_that_heads_its_table()
    {
        using var run = new CommandRun();
        Assert.Equal(ExitCode.Done, await run.RunAsync("twin", "search", "generated", "--in-process", "--shots", "200", "--work", "1", "--out", "best.npz", "--json", "--quiet"));
        JsonElement found = run.Json, best = found.GetProperty("candidates")[0];
        Assert.True(best.GetProperty("held_out_nrmse").GetDouble() <= found.GetProperty("candidates")[1].GetProperty("held_out_nrmse").GetDouble());
        Assert.Equal(best.GetProperty("parameters").GetInt32(), TwinFile.Load(run.In("best.npz")).Parameters.Length);
    }
}
