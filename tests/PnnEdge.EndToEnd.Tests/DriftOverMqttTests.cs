namespace PnnEdge.EndToEnd.Tests;

public sealed class DriftOverMqttTests(SmallRun small) : IClassFixture<SmallRun>
{
    [Fact]
    public async Task A_drift_over_the_wire_is_that_of_one_process_and_every_device_ends_with_it()
    {
        string[] drift = ["drift", "--from", "undisturbed", "--stages", "2", "--fault", "drift.offset=0.5@1000", "--json"];
        using PnnProcess inProcess = await PnnProcess.DoneAsync(small.Folder, [.. drift, "--in-process", "--out", "drift"]);
        using PnnProcess wired = await PnnProcess.DoneAsync(small.Folder, [.. drift, "--out", "wired"]);
        Assert.Equal(File.ReadAllText(Path.Combine(small.Folder, "drift", "drift.jsonl")), File.ReadAllText(Path.Combine(small.Folder, "wired", "drift.jsonl")));
        await PnnProcess.GoneAsync(await wired.DeviceIdAsync());
    }
}
