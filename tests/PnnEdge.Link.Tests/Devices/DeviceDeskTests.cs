using PnnEdge.Link.Broker;
using PnnEdge.Link.Devices;
using PnnEdge.Link.Tests.Support;
using PnnEdge.Link.Transport;
using PnnEdge.Physics;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Clocks;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.Wire;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Link.Tests.Devices;

/// <summary>Questions to a device outside of any session.</summary>
public class DeviceDeskTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_device_says_who_it_is_and_a_session_beside_it_goes_on()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        await using EchoDevice device = new(broker.Address, bootId: 5, new MemoryStorage());
        await using WirePhysicalSystem system = await EchoDevice.ConnectAsync(broker.Address);
        Stimulus batch = EchoDevice.Ramp(20, 64);
        await system.RunAsync(batch, CancellationToken.None);
        await using DeviceDesk desk = DeviceDesk.Open(broker.Address, EchoDevice.Address, TimeProvider.System, new Random(1));
        DeviceGreeting who = await desk.IdentifyAsync(Limit, CancellationToken.None);
        Assert.Equal(("virtual-echo", 7u, 5u, true), (who.Hello.Board, who.Hello.UnitSerial, who.BootId, who.Hello.Simulated));
        Assert.Equal(["drive", "node"], who.Hello.Channels.Select(channel => channel.Name));
        Assert.Null(who.Fault);
        await system.RunAsync(batch, CancellationToken.None);
        PhysicalSystemException refusal = await Assert.ThrowsAsync<PhysicalSystemException>(() => desk.ClearFaultAsync("nothing was wrong", Limit, CancellationToken.None));
        Assert.Contains("there is no fault to clear", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_is_told_and_cleared_with_a_reason_and_the_epoch_rises()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        await using var device = new BrokenDevice(broker.Address);
        await using (WirePhysicalSystem system = await EchoDevice.ConnectAsync(broker.Address))
        {
            await Assert.ThrowsAsync<PhysicalSystemException>(() => system.RunAsync(EchoDevice.Ramp(1, 64), CancellationToken.None));
        }

        await using DeviceDesk desk = DeviceDesk.Open(broker.Address, EchoDevice.Address, TimeProvider.System, new Random(2));
        DeviceGreeting faulted = await desk.IdentifyAsync(Limit, CancellationToken.None);
        Assert.Equal(LinkState.Fault, faulted.Hello.State);
        Assert.NotNull(faulted.Fault);
        Assert.NotEqual(FaultCode.None, faulted.Fault.Code);

        await desk.ClearFaultAsync("the plug is in again", Limit, CancellationToken.None);
        DeviceGreeting cleared = await desk.IdentifyAsync(Limit, CancellationToken.None);
        Assert.Null(cleared.Fault);
        Assert.Equal(LinkState.Idle, cleared.Hello.State);
        Assert.True(cleared.Hello.Epoch > faulted.Hello.Epoch);
    }

    [Fact]
    public async Task Nobody_there_is_said_in_one_sentence()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        await using DeviceDesk desk = DeviceDesk.Open(broker.Address, new DeviceAddress("lab", "nobody"), TimeProvider.System, new Random(3));
        PhysicalSystemException silence = await Assert.ThrowsAsync<PhysicalSystemException>(() => desk.IdentifyAsync(TimeSpan.FromSeconds(0.7), CancellationToken.None));
        Assert.Equal("Device lab/nobody did not answer within 0.7 s.", silence.Message);
    }

    /// <summary>Physics that fails on its first call and then works.</summary>
    private sealed class BrokenDevice : IAsyncDisposable, IBenchPhysics
    {
        private readonly EchoBench _echo = new();
        private readonly MqttMessageLink _link;
        private readonly SimulatedDevice _device;
        private int _calls;

        public BrokenDevice(BrokerAddress broker)
        {
            _link = new MqttMessageLink(broker, EchoDevice.Address.Site, EchoDevice.Address.Device, TimeProvider.System, new Random(9), VirtualBoards.Echo(7).MaxFrameBytes);
            _device = new SimulatedDevice(
                VirtualBoards.Echo(7), this, 1e6, _link, new MemoryStorage(), TimeProvider.System, Pacing.AsFastAsPossible, InjectedFaults.None, 6);
            _link.Start();
            _device.Start();
        }

        public string Name => _echo.Name;

        public int ActuatorCount => 0;

        public void Run(ulong firstShot, int shots, int samplesPerShot, ReadOnlySpan<float> driveVolts, ReadOnlySpan<float> actuatorVolts, Span<float> nodeVolts)
        {
            if (_calls++ == 0) { throw new InvalidOperationException("the plug fell out"); }
            _echo.Run(firstShot, shots, samplesPerShot, driveVolts, actuatorVolts, nodeVolts);
        }

        public async ValueTask DisposeAsync()
        {
            _device.Dispose();
            await _link.DisposeAsync();
        }
    }
}
