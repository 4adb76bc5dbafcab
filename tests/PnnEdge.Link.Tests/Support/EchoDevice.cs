using PnnEdge.Firmware.Core;
using PnnEdge.Link.Broker;
using PnnEdge.Link.Devices;
using PnnEdge.Link.Session;
using PnnEdge.Link.Transport;
using PnnEdge.Physics;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Clocks;
using PnnEdge.VirtualDevice.Faults;

namespace PnnEdge.Link.Tests.Support;

/// <summary>The real firmware core with a wire from output to input, on a broker.</summary>
internal sealed class EchoDevice : IAsyncDisposable
{
    public static readonly DeviceAddress Address = new("lab", "echo-1");

    private readonly MqttMessageLink _link;

    public EchoDevice(BrokerAddress broker, uint bootId, MemoryStorage storage, Board? board = null)
    {
        board ??= VirtualBoards.Echo(7);
        _link = new MqttMessageLink(broker, Address.Site, Address.Device, TimeProvider.System, new Random((int)bootId), board.MaxFrameBytes);
        Device = new SimulatedDevice(
            board, new EchoBench(), 1e6, _link, storage, TimeProvider.System, Pacing.AsFastAsPossible, InjectedFaults.None, bootId);
        _link.Start();
        Device.Start();
    }

    public SimulatedDevice Device { get; }

    public static Task<WirePhysicalSystem> ConnectAsync(BrokerAddress broker, int samples = 64, SessionOptions? options = null, int seed = 3, int frameBytes = 1024) =>
        WirePhysicalSystem.ConnectAsync(
            broker, Address, new RunShape(1e6, ShotShape.Throughout(samples)) { LongestFrameBytes = frameBytes }, options ?? new SessionOptions(),
            TimeProvider.System, new Random(seed), CancellationToken.None);

    public static Stimulus Ramp(int shots, int samples, ulong firstShot = 0) => new(
        firstShot, shots, [.. Enumerable.Range(0, shots * samples).Select(i => (((i * 37) + (int)firstShot) % 3990 / 200f) - 9.99f)], []);

    /// <summary>Ends the device as a power cut would: no farewell, outputs safe.</summary>
    public async ValueTask DisposeAsync()
    {
        Device.Dispose();
        await _link.DisposeAsync();
    }
}
