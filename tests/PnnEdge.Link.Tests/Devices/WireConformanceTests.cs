using PnnEdge.Conformance;
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

namespace PnnEdge.Link.Tests.Devices;

/// <summary>The promises of every physical system, kept through broker, wire and firmware core.</summary>
public sealed class WireConformanceTests : PhysicalSystemConformance, IAsyncDisposable
{
    private static readonly DeviceAddress Address = new("lab", "bench-1");

    private EmbeddedBroker? _broker;
    private MqttMessageLink? _link;
    private SimulatedDevice? _device;

    protected override async Task<IPhysicalSystem> OpenAsync(CancellationToken cancellation)
    {
        _broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        _link = new MqttMessageLink(_broker.Address, Address.Site, Address.Device, TimeProvider.System, new Random(1), 64 * 1024);

        // The echo with the circuit's one actuator: values travel, though they move nothing.
        _device = new SimulatedDevice(
            VirtualBoards.Circuit(7), new EchoBench(1), 1e6, _link, new MemoryStorage(), TimeProvider.System, Pacing.AsFastAsPossible, InjectedFaults.None, 21);
        _link.Start();
        _device.Start();
        return await WirePhysicalSystem.ConnectAsync(
            _broker.Address, Address, new RunShape(1e6, ShotShape.Throughout(96)) { LongestFrameBytes = 500 }, new SessionOptions(), TimeProvider.System, new Random(9), cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _device?.Dispose();
        if (_link is not null)
        {
            await _link.DisposeAsync();
        }

        if (_broker is not null)
        {
            await _broker.DisposeAsync();
        }
    }
}
