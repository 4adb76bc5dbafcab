using System.Globalization;
using System.Text.Json;
using PnnEdge.Cli.Commands;
using PnnEdge.Cli.Composition;
using PnnEdge.Firmware.Core.Storage;
using PnnEdge.Link.Broker;
using PnnEdge.Link.Transport;
using PnnEdge.VirtualDevice;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Clocks;
using PnnEdge.VirtualDevice.Inputs;
using PnnEdge.Wire.Host;

namespace PnnEdge.Cli.Tests;

/// <summary>A small run's network on a virtual device at a broker of the test's own.</summary>
public sealed class DeployTests
{
    private const uint Serial = 3;
    private const string KeyDigits = "00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_the_run_delivered_the_device_delivers_by_itself_and_after_a_restart(int repeats)
    {
        using CommandRun run = await TrainedAsync(repeats);
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        MemoryStorage storage = WithKey();
        await using (Device first = new(broker.Address, storage, 1))
        {
            Assert.Equal(ExitCode.Done, await run.RunAsync("deploy", "out", "--key-file", "key", "--broker", broker.Address.ToString(), "--json"));
            JsonElement deployed = run.Json;
            Assert.Equal("True 1", $"{deployed.GetProperty("simulated")} {deployed.GetProperty("seed")}");

            // 24 slots of 8 samples; 12 scales and 12 spreads with a skip, and 12 windows' shares that 7 classes sum.
            Assert.Equal(192 * repeats, deployed.GetProperty("words_written").GetInt32());
            Assert.Equal(12 + (2 * 12) + 12, deployed.GetProperty("multiply_adds").GetInt32());
            Assert.Equal(1, deployed.GetProperty("actuator_values").GetInt32());
            double least = ((48 * 8) + (192 * repeats * (20 + 23)) + 106 + (192 * repeats)) / 1000.0; // ms: terms, words written and read, a converter, 192 µs a shot
            Assert.Equal(least, deployed.GetProperty("least_millis").GetDouble(), 1e-9);
            Assert.Equal(ExitCode.Done, await run.RunAsync("infer", "out", "--broker", broker.Address.ToString(), "--json"));
            AssertDelivered(run, deployed);
        }

        await using Device again = new(broker.Address, storage, 2);
        Assert.Equal(ExitCode.Done, await run.RunAsync("infer", "out", "--broker", broker.Address.ToString(), "--json", "--quiet"));
        AssertDelivered(run, null);
    }

    [Fact]
    public async Task Samples_of_a_file_are_asked_with_and_without_labels()
    {
        using CommandRun run = await TrainedAsync();
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        await using Device device = new(broker.Address, WithKey(), 1);
        Assert.Equal(ExitCode.Done, await run.RunAsync("deploy", "out", "--key-file", "key", "--broker", broker.Address.ToString()));
        Assert.Contains("on an ESP32's interpreter an estimated ", run.Out, StringComparison.Ordinal);
        string[] lines = [.. Enumerable.Range(0, 5).Select(i => string.Join(',', Enumerable.Range(0, 12).Select(f => ((i + f) % 7 / 7.0).ToString(CultureInfo.InvariantCulture))))];
        File.WriteAllLines(run.In("plain.csv"), ["# twelve numbers a line", .. lines]);
        Assert.Equal(ExitCode.Done, await run.RunAsync("infer", "plain.csv", "--broker", broker.Address.ToString(), "--json", "--samples", "4"));
        JsonElement plain = run.Json;
        Assert.Equal((4, JsonValueKind.Null), (plain.GetProperty("samples").GetInt32(), plain.GetProperty("accuracy").ValueKind));

        int[] classes = [.. plain.GetProperty("classes").EnumerateArray().Select(c => c.GetInt32())];
        File.WriteAllLines(run.In("labelled.csv"), lines.Take(4).Select((line, i) => $"{line},{(i == 0 ? (classes[0] + 1) % 7 : classes[i])}"));
        Assert.Equal(ExitCode.Done, await run.RunAsync("deploy", "out", "--key-file", "key", "--broker", broker.Address.ToString(), "--quiet")); // the same shots, and noise, from the first again
        Assert.Equal(ExitCode.Done, await run.RunAsync("infer", "labelled.csv", "--labels", "--broker", broker.Address.ToString(), "--json"));
        Assert.Equal(0.75, run.Json.GetProperty("accuracy").GetDouble());
    }

    [Fact]
    public async Task On_its_timer_the_device_looks_at_its_own_input()
    {
        using CommandRun run = await TrainedAsync();
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        await using Device device = new(broker.Address, WithKey(), 1, new RecordedInput([[.. Enumerable.Repeat(0.5f, 12)], [.. Enumerable.Repeat(0.25f, 12)]]));
        Assert.Equal(ExitCode.Done, await run.RunAsync("deploy", "out", "--key-file", "key", "--broker", broker.Address.ToString(), "--every", "20", "--json"));
        Assert.Equal(20, run.Json.GetProperty("every_millis").GetInt32());
        ulong first = device.NewestShot;
        for (int i = 0; i < 500 && device.NewestShot < first + 5; i++) { await Task.Delay(10, TestContext.Current.CancellationToken); }
        Assert.True(device.NewestShot >= first + 5, $"In 5 s the device played shots {first} to {device.NewestShot}.");
        Assert.NotEqual(Wire.LinkState.Fault, device.State);
    }

    [Fact]
    public async Task A_network_trained_at_a_devices_own_rate_is_deployed_and_resumed_at_that_rate()
    {
        using CommandRun run = TinyExperiment.With(new CommandRun());
        File.WriteAllText(run.In("key"), KeyDigits + "\n");
        string slow = File.ReadAllText(run.In(TinyExperiment.Name)).Replace("shot:", "shot:\n  sample_rate_hz: 250000", StringComparison.Ordinal);
        File.WriteAllText(run.In("slow.yaml"), slow);
        Assert.Equal(ExitCode.Usage, await run.RunAsync("train", "--experiment", "slow.yaml", "--in-process"));
        Assert.Equal(
            "Asked shot.sample_rate_hz for 250,000 Hz; that is for a device at a broker (--broker), any other bench has its own clock, circuit 1,000,000 Hz.", run.LastErrorLine);

        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        string at = broker.Address.ToString();
        await using (Device fast = new(broker.Address, WithKey(), 1))
        {
            Assert.Equal(ExitCode.Failed, await run.RunAsync("train", "--experiment", "slow.yaml", "--broker", at, "--out", "fast"));
            Assert.StartsWith($"Asked device {Device.Name} for 250,000 Hz; it samples at 1,000,000 Hz", run.LastErrorLine, StringComparison.Ordinal);
        }

        await using Device device = new(broker.Address, WithKey(), 2, rateHz: 250_000);
        Assert.Equal(ExitCode.Done, await run.RunAsync("train", "--experiment", "slow.yaml", "--broker", at, "--out", "out", "--quiet"));
        Assert.Equal(ExitCode.Done, await run.RunAsync("train", "--resume", "out", "--broker", at, "--quiet"));
        Assert.Equal(ExitCode.Done, await run.RunAsync("deploy", "out", "--key-file", "key", "--broker", at, "--json"));
        const double AtOneMegahertz = ((48 * 8) + (192 * (20 + 23)) + 106 + 192) / 1000.0; // as above
        Assert.Equal(AtOneMegahertz + (3 * 0.192), run.Json.GetProperty("least_millis").GetDouble(), 1e-9); // a quarter of the rate, four times as long
        Assert.Equal(ExitCode.Done, await run.RunAsync("infer", "out", "--broker", at, "--json"));
    }

    [Fact]
    public async Task What_cannot_be_is_said_in_one_sentence()
    {
        using CommandRun run = await TrainedAsync();
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        await using Device device = new(broker.Address, WithKey(), 1);
        string at = broker.Address.ToString();
        File.WriteAllText(run.In("other"), new string('0', 64));
        File.WriteAllText(run.In("short"), "00ff");
        File.WriteAllText(run.In("words.csv"), "0.5,half\n");
        File.WriteAllText(run.In("ragged.csv"), "0.5,0.5\n0.5\n");
        File.WriteAllText(run.In("one.csv"), "0.5\n");
        async Task RefusedAsync(int code, string sentence, params string[] arguments)
        {
            Assert.Equal(code, await run.RunAsync(arguments));
            Assert.Equal(sentence, run.LastErrorLine);
        }

        await RefusedAsync(ExitCode.Failed, $"Device {Device.Name} has no program; 'pnn deploy' gives it one.", "infer", "one.csv", "--broker", at);
        await RefusedAsync(ExitCode.Usage, "A program is sealed under the device's own key; give its file with --key-file.", "deploy", "out", "--broker", at);
        await RefusedAsync(ExitCode.Failed, $"{run.In("short")} is no key; a key is 64 hexadecimal digits.", "deploy", "out", "--key-file", "short", "--broker", at);
        await RefusedAsync(ExitCode.Failed, $"Device {Device.Name} has another key than the one this program is sealed under; give its own with --key-file.", "deploy", "out", "--key-file", "other", "--broker", at);
        await RefusedAsync(ExitCode.Usage, "Asked for --every 5; possible is a whole number from 10 to 2147483647.", "deploy", "out", "--key-file", "key", "--every", "5", "--broker", at);
        await RefusedAsync(ExitCode.Failed, $"{run.In("words.csv")}, line 1: 'half' is no finite number.", "infer", "words.csv", "--broker", at);
        await RefusedAsync(ExitCode.Failed, $"{run.In("ragged.csv")}, line 2: 1 features where the first sample has 2.", "infer", "ragged.csv", "--broker", at);
        await RefusedAsync(ExitCode.Usage, $"{run.In("out")} is a folder and has no use for --labels; leave it out.", "infer", "out", "--labels", "--broker", at);
        Assert.Equal(ExitCode.Done, await run.RunAsync("deploy", "out", "--key-file", "key", "--broker", at, "--quiet"));
        await RefusedAsync(ExitCode.Failed, $"A sample has 1 features; the program on device {Device.Name} takes 12.", "infer", "one.csv", "--broker", at);
    }

    private static async Task<CommandRun> TrainedAsync(int repeats = 1)
    {
        CommandRun run = TinyExperiment.With(new CommandRun(), repeats);
        File.WriteAllText(run.In("key"), KeyDigits + "\n");
        Assert.Equal(ExitCode.Done, await run.RunAsync("train", "--experiment", TinyExperiment.Name, "--in-process", "--serial", $"{Serial}", "--seeds", "1", "--out", "out", "--json", "--quiet"));
        return run;
    }

    private static void AssertDelivered(CommandRun run, JsonElement? deployed)
    {
        JsonElement answered = run.Json;
        double delivered = JsonDocument.Parse(File.ReadAllText(run.In("out", "summary.json"))).RootElement.GetProperty("pat").GetProperty("mean").GetDouble();
        Assert.Equal(delivered, answered.GetProperty("accuracy").GetDouble());
        Assert.Equal(TinyExperiment.TestSamples, answered.GetProperty("samples").GetInt32());
        if (deployed is JsonElement program) { Assert.Equal(program.GetProperty("program").GetString(), Assert.Single(answered.GetProperty("programs").EnumerateArray()).GetString()); }
    }

    private static MemoryStorage WithKey()
    {
        MemoryStorage storage = new();
        Assert.True(DeviceKey.Provision(storage, new HostCrc32(), Convert.FromHexString(KeyDigits)));
        return storage;
    }

    /// <summary>The unit that the run was trained on, as a device by itself.</summary>
    private sealed class Device : IAsyncDisposable
    {
        public const string Name = "local/circuit-3";

        private readonly MqttMessageLink _link;
        private readonly SimulatedDevice _device;

        public Device(BrokerAddress broker, MemoryStorage storage, uint bootId, RecordedInput? input = null, double? rateHz = null)
        {
            BenchParts parts = Benches.Build(new BenchRequest(Benches.Circuit, Serial, 0, Ideal: false, []));
            _link = new MqttMessageLink(broker, "local", "circuit-3", TimeProvider.System, new Random((int)bootId), parts.Board.MaxFrameBytes);
            _device = new SimulatedDevice(
                parts.Board, parts.Physics, rateHz ?? parts.SampleRateHz, _link, storage, TimeProvider.System, Pacing.AsFastAsPossible, parts.Faults, bootId, input);
            _device.Start();
            _link.Start();
        }

        public ulong NewestShot => _device.Converters.NewestShot;

        public Wire.LinkState State => _device.Loop.State;

        public async ValueTask DisposeAsync()
        {
            _device.Dispose();
            await _link.DisposeAsync();
        }
    }
}
