using System.Text.Json;
using Xunit.Sdk;
using Xunit.v3;

[assembly: Parallelization(Mode = ParallelMode.None)] // each test keeps both cores of a small machine busy

namespace PnnEdge.EndToEnd.Tests;

public sealed class TrainingOverMqttTests(SmallRun small) : IClassFixture<SmallRun>
{
    private const string InTraining = "physics-aware training · ";

    [Fact]
    public async Task With_a_device_in_its_own_process_the_result_is_that_of_one_process_bit_for_bit()
    {
        using PnnProcess train = await PnnProcess.DoneAsync(small.Folder, [.. SmallRun.Train, "--out", "mqtt", "--json"]);
        small.AssertSame("mqtt");
        JsonElement frames = train.Json.GetProperty("frames");
        long sent = frames.GetProperty("sent").GetInt64();
        Assert.True(sent > 0);
        Assert.InRange(frames.GetProperty("refused").GetInt64(), 0, sent / 50); // a machine that is busy with other things lets a deadline pass now and then
        Assert.DoesNotContain(train.Error, line => line.Contains("Unsupported", StringComparison.Ordinal)); // what the plot's native library says of what it cannot draw
        await PnnProcess.GoneAsync(await train.DeviceIdAsync());
    }

    [Fact]
    public async Task A_device_killed_in_the_middle_of_an_epoch_is_started_again_and_nothing_changes()
    {
        using PnnProcess train = PnnProcess.Start(small.Folder, [.. SmallRun.Train, "--out", "killed", "--json"]);
        await train.SaysAsync(InTraining);
        PnnProcess.Signal(await train.DeviceIdAsync(), "KILL");
        Assert.NotEqual(await train.DeviceIdAsync(), await train.DeviceIdAsync(times: 2));
        await train.SucceedsAsync();
        Assert.Contains("The virtual device ended (signal 9); starting it again.", train.Error);
        small.AssertSame("killed");
    }

    [Fact]
    public async Task A_device_and_then_a_broker_killed_and_started_again_by_hand_change_nothing()
    {
        string port = $"{LoopbackPort.Free()}", address = $"mqtt://127.0.0.1:{port}";
        PnnProcess broker = PnnProcess.Start(small.Folder, "broker", "--port", port);
        await broker.SaysAsync("The broker listens at");
        PnnProcess device = PnnProcess.Start(small.Folder, "device", "run", "--broker", address);
        await device.SaysAsync("is ready");
        using PnnProcess train = PnnProcess.Start(small.Folder, [.. SmallRun.Train, "--broker", address, "--out", "by-hand", "--json"]);
        int epochs = await small.EpochsAsync("by-hand", atLeast: 2, train);

        device.Signal("KILL");
        await device.ExitCodeAsync();
        device.Dispose();
        device = PnnProcess.Start(small.Folder, "device", "run", "--broker", address);
        await device.SaysAsync("is ready");
        epochs = await small.EpochsAsync("by-hand", epochs + 2, train); // one of them may have ended before the kill was felt

        broker.Signal("KILL");
        await broker.ExitCodeAsync();
        broker.Dispose();
        broker = PnnProcess.Start(small.Folder, "broker", "--port", port);
        await broker.SaysAsync("The broker listens at");
        await small.EpochsAsync("by-hand", epochs + 2, train);

        await train.SucceedsAsync();
        small.AssertSame("by-hand");
        Assert.True(train.Json.GetProperty("frames").GetProperty("retried").GetInt64() > 0, "No loss was felt.");
        Assert.Equal("virtual-circuit#1", train.Json.GetProperty("system").GetString());

        device.Signal("TERM");
        Assert.Equal(0, await device.ExitCodeAsync());
        broker.Signal("TERM");
        Assert.Equal(0, await broker.ExitCodeAsync());
        device.Dispose();
        broker.Dispose();
    }

    [Fact]
    public async Task Interrupted_and_resumed_over_mqtt_the_result_is_the_same()
    {
        using (PnnProcess first = PnnProcess.Start(small.Folder, [.. SmallRun.Train, "--out", "resumed", "--json"]))
        {
            await first.SaysAsync(InTraining);
            int device = await first.DeviceIdAsync();
            first.Signal("INT");
            Assert.Equal(130, await first.ExitCodeAsync());
            Assert.Contains("--resume", first.Error[^1], StringComparison.Ordinal);
            Assert.Equal(first.Error[^1], first.Json.GetProperty("error").GetString());
            await PnnProcess.GoneAsync(device);
        }

        using PnnProcess second = await PnnProcess.DoneAsync(small.Folder, "train", "--resume", "resumed", "--json");
        small.AssertSame("resumed");
    }

    [Fact]
    public async Task A_killed_trainer_leaves_no_device_behind()
    {
        using PnnProcess train = PnnProcess.Start(small.Folder, [.. SmallRun.Train, "--out", "orphan"]);
        await train.SaysAsync("random shots");
        int device = await train.DeviceIdAsync();
        Assert.True(PnnProcess.IsAlive(device));
        train.Signal("KILL");
        await PnnProcess.GoneAsync(device);
    }

    [Fact]
    public async Task The_list_follows_a_device_from_ready_to_disconnected_or_lost()
    {
        string port = $"{LoopbackPort.Free()}", address = $"mqtt://127.0.0.1:{port}";
        using PnnProcess broker = PnnProcess.Start(small.Folder, "broker", "--port", port, "--json");
        await broker.SaysAsync("{\"broker\":");
        using PnnProcess polite = PnnProcess.Start(small.Folder, "device", "run", "--broker", address, "--device", "polite", "--serial", "5", "--json");
        using PnnProcess rude = PnnProcess.Start(small.Folder, "device", "run", "--broker", address, "--device", "rude", "--system", "echo");
        await polite.SaysAsync("{\"site\":");
        await rude.SaysAsync("is ready");
        Assert.Equal(["polite ready 5", "rude ready 1"], await ListAsync(address, "ready"));
        using (PnnProcess who = await PnnProcess.DoneAsync(small.Folder, "device", "identify", "--broker", address, "--device", "polite", "--json"))
        {
            Assert.Equal("5 True idle", $"{who.Json.GetProperty("serial")} {who.Json.GetProperty("simulated")} {who.Json.GetProperty("state").GetString()}");
            Assert.Equal(JsonValueKind.Null, who.Json.GetProperty("fault").ValueKind);
            Assert.Equal(["drive", "node", "bias"], who.Json.GetProperty("channels").EnumerateArray().Select(channel => channel.GetProperty("name").GetString()));
        }

        using (PnnProcess heard = await PnnProcess.DoneAsync(small.Folder, "device", "monitor", "--broker", address, "--device", "polite", "--for", "2"))
        {
            string told = string.Join('\n', heard.Out);
            Assert.Matches(@"\$state +ready", told);
            Assert.Matches(@"status +\{.*""state"":""idle""", told);
            Assert.Matches(@"limits +\{.*""drive""", told);
        }

        using (PnnProcess logs = await PnnProcess.DoneAsync(small.Folder, "device", "logs", "--broker", address, "--device", "polite"))
        {
            Assert.Contains(logs.Out, line => line.Contains("boot", StringComparison.Ordinal) && line.Contains("virtual-circuit", StringComparison.Ordinal));
            Assert.Contains(logs.Out, line => line.EndsWith("  connected", StringComparison.Ordinal));
        }

        polite.Signal("TERM");
        rude.Signal("KILL");
        Assert.Equal(0, await polite.ExitCodeAsync());
        await rude.ExitCodeAsync();
        Assert.Equal(["polite disconnected 5", "rude lost 1"], await ListAsync(address, "lost"));
    }

    // A last will takes its way through sockets and a broker; the list is asked until it is there.
    private async Task<string[]> ListAsync(string address, string until)
    {
        string[] list = [];
        for (int attempt = 0; attempt < 20 && !list.Any(line => line.Contains("rude " + until, StringComparison.Ordinal)); attempt++)
        {
            using PnnProcess process = await PnnProcess.DoneAsync(small.Folder, "device", "list", "--broker", address, "--json");
            Assert.All(process.Json.GetProperty("devices").EnumerateArray().Where(device => device.GetProperty("state").GetString() != "ready"),
                device => Assert.Equal(JsonValueKind.Null, device.GetProperty("work").ValueKind)); // what it last did is not what it does
            list = [.. process.Json.GetProperty("devices").EnumerateArray()
                .Select(device => $"{device.GetProperty("device").GetString()} {device.GetProperty("state").GetString()} {device.GetProperty("serial")}")];
        }

        return list;
    }
}
