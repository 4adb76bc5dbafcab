using System.Text;
using System.Text.Json;
using PnnEdge.Cli.Commands;
using PnnEdge.Firmware.Core;
using PnnEdge.Firmware.Core.Storage;
using PnnEdge.Link.Broker;
using PnnEdge.Link.Transport;
using PnnEdge.Physics;
using PnnEdge.VirtualDevice;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Clocks;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.Wire.Host;

namespace PnnEdge.Cli.Tests;

/// <summary><c>pnn device pack</c> and <c>pnn device update</c> with a virtual device at a broker, both in this process.</summary>
public sealed class UpdateTests
{
    private const string KeyDigits = "00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF";

    [Fact]
    public async Task A_package_arrives_over_the_broker_confirms_itself_and_outlives_a_start_and_a_bad_one_falls_back()
    {
        using CommandRun run = new();
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        MemoryStorage storage = WithKey();
        string at = broker.Address.ToString();
        await using (Device device = new(broker.Address, storage, 1))
        {
            JsonElement packed = await PackAsync(run, "good", "2.0");
            Assert.Equal("2.0 virtual-echo", $"{packed.GetProperty("version")} {packed.GetProperty("board")}");
            Assert.Equal(ExitCode.Done, await run.RunAsync("device", "update", "good.pnnf", "--broker", at, "--json"));
            JsonElement told = run.Json;
            Assert.Equal("1.0 2.0 slot A True", $"{told.GetProperty("from")} {told.GetProperty("runs")} {told.GetProperty("boot")} {told.GetProperty("confirmed")}");
            Assert.Equal((3, packed.GetProperty("bytes").GetInt32()), (told.GetProperty("frames").GetInt32(), told.GetProperty("bytes").GetInt32()));
            Assert.Contains("sending · 100 %", run.Error, StringComparison.Ordinal);

            await PackAsync(run, "crash", "3.0");
            Assert.Equal(ExitCode.Failed, await run.RunAsync("device", "update", "crash.pnnf", "--broker", at));
            Assert.Contains("Device lab/echo-1 gave firmware 3.0 up and runs 2.0 (slot A).", run.Out, StringComparison.Ordinal);
        }

        await using Device again = new(broker.Address, storage, 9);
        Assert.Equal(ExitCode.Done, await run.RunAsync("device", "identify", "--broker", at, "--json"));
        Assert.Equal("2.0 slot A", $"{run.Json.GetProperty("firmware")} {run.Json.GetProperty("boot")}");
    }

    [Fact]
    public async Task What_cannot_be_is_said_in_one_sentence_and_changes_nothing()
    {
        using CommandRun run = new();
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        await using Device device = new(broker.Address, WithKey(), 1);
        string at = broker.Address.ToString();
        async Task RefusedAsync(int code, string sentence, params string[] arguments)
        {
            Assert.Equal(code, await run.RunAsync(arguments));
            Assert.Equal(sentence, run.LastErrorLine);
        }

        await PackAsync(run, "good", "2.0");
        await PackAsync(run, "elsewhere", "2.0", board: "esp32-spi");
        await PackAsync(run, "other", "2.0", key: new string('0', 64));
        byte[] damaged = await File.ReadAllBytesAsync(run.In("good.pnnf"), TestContext.Current.CancellationToken);
        damaged[^50] ^= 1;
        await File.WriteAllBytesAsync(run.In("damaged.pnnf"), damaged, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(run.In("words.pe"), "no assembly", TestContext.Current.CancellationToken);
        Directory.CreateDirectory(run.In("empty"));
        Directory.CreateDirectory(run.In("two"));
        foreach (string own in new[] { "PnnEdge.One.pe", "PnnEdge.Two.pe" }) { File.Copy(run.In("good.pe"), run.In("two", own)); }

        await RefusedAsync(ExitCode.Failed, "This package is for boards named esp32-spi; device lab/echo-1 is a virtual-echo.", "device", "update", "elsewhere.pnnf", "--broker", at);
        await RefusedAsync(ExitCode.Failed, "Device lab/echo-1 has another key than the one this package is sealed under; pack it again with the device's own --key-file.", "device", "update", "other.pnnf", "--broker", at);
        await RefusedAsync(ExitCode.Failed, $"{run.In("damaged.pnnf")} cannot be sent: it is damaged, for its CRC is not that of its bytes.", "device", "update", "damaged.pnnf", "--broker", at);
        await RefusedAsync(ExitCode.Failed, $"{run.In("words.pe")} cannot be sent: it is no firmware package, or only a part of one.", "device", "update", "words.pe", "--broker", at);
        await RefusedAsync(ExitCode.Failed, $"{run.In("words.pe")} is no nanoFramework assembly (.pe).", "device", "pack", "words.pe", "--board", "b", "--release", "1", "--key-file", "good.key");
        await RefusedAsync(ExitCode.Usage, $"The folder {run.In("empty")} holds no PnnEdge.*.pe; give the folder that the firmware is built into, or its .pe files.", "device", "pack", "empty", "--board", "b", "--release", "1", "--key-file", "good.key");
        await RefusedAsync(ExitCode.Usage, $"The folder {run.In("two")} holds 2 files PnnEdge.*.pe; which of them, in load order, only their names can say.", "device", "pack", "two", "--board", "b", "--release", "1", "--key-file", "good.key");
        await RefusedAsync(ExitCode.Usage, "A package is sealed under the device's own key; give its file with --key-file.", "device", "pack", "good.pe", "--board", "b", "--release", "1");
        await RefusedAsync(ExitCode.Failed, "A version is 1 to 64 bytes of UTF-8; this one has 0.", "device", "pack", "good.pe", "--board", "b", "--release", "", "--key-file", "good.key");
        Assert.Equal(ExitCode.Done, await run.RunAsync("device", "identify", "--broker", at, "--json"));
        Assert.Equal("1.0 what was flashed", $"{run.Json.GetProperty("firmware")} {run.Json.GetProperty("boot")}");
    }

    /// <summary>What <c>device pack</c> said of a package whose one assembly says in words what becomes of it.</summary>
    private static async Task<JsonElement> PackAsync(CommandRun run, string name, string version, string board = "virtual-echo", string key = KeyDigits)
    {
        await File.WriteAllBytesAsync(run.In($"{name}.pe"), [.. "NFMRK1\0\0"u8, .. Encoding.UTF8.GetBytes(name), .. new byte[9000]]);
        await File.WriteAllTextAsync(run.In($"{name}.key"), key);
        Assert.Equal(ExitCode.Done, await run.RunAsync("device", "pack", $"{name}.pe", "--board", board, "--release", version, "--key-file", $"{name}.key", "--out", $"{name}.pnnf", "--json"));
        return run.Json;
    }

    private static MemoryStorage WithKey()
    {
        MemoryStorage storage = new();
        Assert.True(DeviceKey.Provision(storage, new HostCrc32(), Convert.FromHexString(KeyDigits)));
        return storage;
    }

    private static VirtualStart Becomes(byte[] assembly) =>
        assembly.AsSpan(8).StartsWith("crash"u8) ? VirtualStart.Crashes : VirtualStart.Works;

    /// <summary>A wire for a bench, in a time that goes ten times as fast: its half a minute of proving itself is three seconds.</summary>
    private sealed class Device : IAsyncDisposable
    {
        private readonly MqttMessageLink _link;
        private readonly SimulatedDevice _device;

        public Device(BrokerAddress broker, MemoryStorage storage, uint bootId)
        {
            Board board = VirtualBoards.Echo(7);
            (board.FirmwareVersion, board.LoopWatchdogMillis) = ("1.0", 600_000); // a thread that waits for its turn is not late in such a time
            _link = new MqttMessageLink(broker, "lab", "echo-1", TimeProvider.System, new Random((int)bootId), board.MaxFrameBytes);
            _device = new SimulatedDevice(
                board, new EchoBench(), 1e6, _link, storage, new QuickTime(10), Pacing.AsFastAsPossible, InjectedFaults.None, bootId, firmware: new VirtualFirmware("1.0", Becomes));
            _device.Start();
            _link.Start();
        }

        public async ValueTask DisposeAsync()
        {
            _device.Dispose();
            await _link.DisposeAsync();
        }
    }

    private sealed class QuickTime(int factor) : TimeProvider
    {
        public override long TimestampFrequency => System.TimestampFrequency;

        public override long GetTimestamp() => factor * System.GetTimestamp();
    }
}
