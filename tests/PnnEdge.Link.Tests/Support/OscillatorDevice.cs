using PnnEdge.Link.Broker;
using PnnEdge.Link.Devices;
using PnnEdge.Link.Session;
using PnnEdge.Link.Transport;
using PnnEdge.Physics.Channel;
using PnnEdge.Physics.Oscillators;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Clocks;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.VirtualDevice.InProcess;

namespace PnnEdge.Link.Tests.Support;

/// <summary>The real firmware core before coupled oscillators, which are loaded first, read afterwards, and have two banks of actuators.</summary>
internal sealed class OscillatorDevice : IAsyncDisposable
{
    private static readonly DeviceAddress Address = new("lab", "oscillators-1");

    private readonly int _oscillators;
    private readonly BrokerAddress _broker;
    private readonly MqttMessageLink _link;

    public OscillatorDevice(BrokerAddress broker, int oscillators, string faults = "")
    {
        (_broker, _oscillators) = (broker, oscillators);
        Firmware.Core.Board board = VirtualBoards.Oscillators(7, oscillators);
        _link = new MqttMessageLink(broker, Address.Site, Address.Device, TimeProvider.System, new Random(11), board.MaxFrameBytes);
        Device = new SimulatedDevice(
            board, Physics(oscillators), VirtualBoards.OscillatorsSampleRateHz, _link, new MemoryStorage(), TimeProvider.System, Pacing.AsFastAsPossible,
            new InjectedFaults([.. faults.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(NamedFault.Parse)]), bootId: 11);
        _link.Start();
        Device.Start();
    }

    public SimulatedDevice Device { get; }

    public Task<WirePhysicalSystem> ConnectAsync(SessionOptions? options = null) => WirePhysicalSystem.ConnectAsync(
        _broker, Address, new RunShape(VirtualBoards.OscillatorsSampleRateHz, Shape(_oscillators)), options ?? new SessionOptions(),
        TimeProvider.System, new Random(3), CancellationToken.None);

    /// <summary>The same unit without a wire and without faults.</summary>
    public static InProcessSystem Twin(int oscillators) => new(
        VirtualBoards.Oscillators(7, oscillators), Physics(oscillators), VirtualBoards.OscillatorsSampleRateHz, Shape(oscillators), InjectedFaults.None, TimeProvider.System);

    /// <summary>Different volts and actuators for every number.</summary>
    public static Stimulus Batch(int oscillators, int number, int shots) => new(
        (ulong)(number * shots), shots,
        [.. Enumerable.Range(0, shots * oscillators).Select(i => (((i * 37) + (number * 11)) % 100 / 50f) - 1f)],
        [.. Enumerable.Range(0, OscillatorActuators.Count(oscillators)).Select(i => (((i * 13) + (number * 7)) % 64 / 640f) - 0.05f)]);

    public async ValueTask DisposeAsync()
    {
        Device.Dispose();
        await _link.DisposeAsync();
    }

    private static OscillatorBench Physics(int oscillators) =>
        new(new OscillatorBenchOptions { Parameters = new() { Count = oscillators }, Seed = 5, Threads = 1 });

    private static ShotShape Shape(int oscillators) => ShotShape.LoadThenRead(oscillators, oscillators);
}
