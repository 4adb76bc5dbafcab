using System.Text.Json;

namespace PnnEdge.EndToEnd.Tests;

/// <summary>The codec board as a user meets it: its lag is found on the far side of a broker, in frames of its own words.</summary>
public sealed class CodecBoardOverMqttTests : IDisposable
{
    private static readonly string[] Train = ["train", "generated", "--system", "circuit-codec", "--layers", "1", "--shots", "200", "--epochs", "4"];

    private readonly string _folder = Directory.CreateTempSubdirectory("pnn-e2e-codec-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_network_trains_over_MQTT_on_a_device_whose_inputs_lag_and_ends_as_in_process()
    {
        JsonElement summary = await SameRun.OverMqttAsInProcessAsync(_folder, Train);
        Assert.True(summary.GetProperty("frames").GetProperty("sent").GetInt64() >= summary.GetProperty("passes").GetInt64()); // one shot a frame: 4096 bytes hold no more
    }

    [Fact]
    public async Task A_codec_board_says_that_it_lags_and_which_channels_are_the_wire()
    {
        string port = $"{LoopbackPort.Free()}", address = $"mqtt://127.0.0.1:{port}";
        using PnnProcess broker = PnnProcess.Start(_folder, "broker", "--port", port, "--json");
        await broker.SaysAsync("{\"broker\":");
        using PnnProcess device = PnnProcess.Start(_folder, "device", "run", "--broker", address, "--system", "circuit-codec");
        await device.SaysAsync("is ready");
        using PnnProcess who = await PnnProcess.DoneAsync(_folder, "device", "identify", "--broker", address, "--json");
        Assert.Equal(600, who.Json.GetProperty("lag_samples").GetInt32());
        Assert.Equal(["bench", "reference", "bench", "reference"], who.Json.GetProperty("channels").EnumerateArray().Select(channel => channel.GetProperty("purpose").GetString()));
        using PnnProcess train = await PnnProcess.DoneAsync(_folder, "train", "--broker", address, "--experiment", "circuit-codec-generated", "--layers", "1", "--shots", "100", "--epochs", "1", "--json", "--quiet");
        Assert.True(train.Json.GetProperty("passes").GetInt64() > 100);
    }

    [Fact]
    public async Task A_shot_that_does_not_fit_beside_the_lag_is_one_sentence()
    {
        using PnnProcess train = PnnProcess.Start(_folder, "train", "--experiment", "circuit-mnist", "--system", "circuit-codec");
        Assert.NotEqual(0, await train.ExitCodeAsync());
        Assert.Single(train.Error, line => line.Length > 0);
    }
}
