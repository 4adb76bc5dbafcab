using PnnEdge.Link.Broker;
using PnnEdge.Link.Devices;
using PnnEdge.Link.Session;
using PnnEdge.Link.Tests.Support;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.Wire;

namespace PnnEdge.Link.Tests.Devices;

public class WirePhysicalSystemTests
{
    [Fact]
    public async Task A_batch_of_many_blocks_comes_back_in_order_and_within_the_window()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        await using EchoDevice device = new(broker.Address, 11, new MemoryStorage());
        await using WirePhysicalSystem system = await EchoDevice.ConnectAsync(broker.Address);
        Stimulus stimulus = EchoDevice.Ramp(1000, 64);

        Measurement measured = await system.RunAsync(stimulus, CancellationToken.None);

        Assert.Equal("virtual-echo#7", system.Description.Name);
        Assert.Equal(measured.AppliedVolts, measured.Volts);
        for (int i = 0; i < stimulus.Volts.Length; i++)
        {
            // Half of a 12-bit step of ±10 V.
            Assert.Equal(stimulus.Volts[i], measured.AppliedVolts[i], 0.5 * 20 / 4096 * 1.0001);
        }

        Assert.InRange(system.PeakInFlight, 2, system.Window);
        Assert.Equal(1000, system.Usage.Passes);
        Assert.Equal(1000 / system.ShotsPerBlock, device.Device.Loop.Counters.BlocksPlayed, 1.0);
    }

    [Fact]
    public async Task A_device_that_dies_and_starts_again_in_the_middle_changes_nothing_but_the_time()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        MemoryStorage storage = new();
        EchoDevice device = new(broker.Address, 11, storage);
        await using WirePhysicalSystem system = await EchoDevice.ConnectAsync(broker.Address);
        Stimulus stimulus = EchoDevice.Ramp(20000, 64);
        Task<Measurement> running = system.RunAsync(stimulus, CancellationToken.None);
        await Eventually.Holds(() => system.Usage.Passes > 100, "the batch is under way");

        await device.DisposeAsync();
        Assert.False(running.IsCompleted, "the batch ended before the device did; make it longer");
        await using EchoDevice again = new(broker.Address, 12, storage);
        Measurement measured = await running;

        Assert.Equal(measured.AppliedVolts, measured.Volts);
        Assert.Equal(20000, system.Usage.Passes);
        Assert.True(again.Device.Loop.Counters.BlocksPlayed > 0);
    }

    [Fact]
    public async Task A_broker_that_dies_and_starts_again_in_the_middle_changes_nothing_but_the_time()
    {
        EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        BrokerAddress address = broker.Address;
        await using EchoDevice device = new(address, 11, new MemoryStorage());
        await using WirePhysicalSystem system = await EchoDevice.ConnectAsync(address);
        Task<Measurement> running = system.RunAsync(EchoDevice.Ramp(20000, 64), CancellationToken.None);
        await Eventually.Holds(() => system.Usage.Passes > 100, "the batch is under way");

        await broker.DisposeAsync();
        Assert.False(running.IsCompleted, "the batch ended before the broker did; make it longer");
        await using EmbeddedBroker again = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Port = address.Port });
        Measurement measured = await running;

        Assert.Equal(measured.AppliedVolts, measured.Volts);
    }

    [Fact]
    public async Task The_lease_is_kept_while_nothing_is_asked_and_given_back_at_the_end()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        await using EchoDevice device = new(broker.Address, 11, new MemoryStorage());
        await using (WirePhysicalSystem system = await EchoDevice.ConnectAsync(broker.Address, options: new SessionOptions { LeaseMillis = 1000 }))
        {
            uint epoch = device.Device.Loop.Epoch;
            await Task.Delay(2500);
            Assert.Equal(LinkState.Armed, device.Device.Loop.State);
            Assert.Equal(epoch, device.Device.Loop.Epoch);
        }

        await Eventually.Holds(() => device.Device.Loop.State == LinkState.Idle, "the device is disarmed");
    }

    [Fact]
    public async Task Two_hosts_do_not_drive_one_device()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        await using EchoDevice device = new(broker.Address, 11, new MemoryStorage());
        await using WirePhysicalSystem first = await EchoDevice.ConnectAsync(broker.Address);

        PhysicalSystemException refusal = await Assert.ThrowsAsync<PhysicalSystemException>(
            () => EchoDevice.ConnectAsync(broker.Address, options: new SessionOptions { GoneMillis = 1500 }, seed: 4));

        Assert.Contains("another host holds its lease", refusal.Message, StringComparison.Ordinal);
        Measurement measured = await first.RunAsync(EchoDevice.Ramp(10, 64), CancellationToken.None);
        Assert.Equal(measured.AppliedVolts, measured.Volts);
    }

    [Fact]
    public async Task A_broker_that_is_not_there_is_told_with_address_and_cause()
    {
        PhysicalSystemException refusal = await Assert.ThrowsAsync<PhysicalSystemException>(
            () => EchoDevice.ConnectAsync(new BrokerAddress("127.0.0.1", 1), options: new SessionOptions { FirstHelloMillis = 700 }));

        Assert.Contains("mqtt://127.0.0.1:1", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("refused", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_is_not_there_is_told_in_one_sentence()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());

        PhysicalSystemException refusal = await Assert.ThrowsAsync<PhysicalSystemException>(
            () => EchoDevice.ConnectAsync(broker.Address, options: new SessionOptions { FirstHelloMillis = 700 }));

        Assert.Contains("lab/echo-1 did not answer", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_went_away_is_waited_for_aloud_and_then_given_up()
    {
        List<string> told = [];
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        EchoDevice device = new(broker.Address, 11, new MemoryStorage());
        SessionOptions options = new() { GoneMillis = 1500, NoticeMillis = 300, Progress = told.Add };
        await using WirePhysicalSystem system = await EchoDevice.ConnectAsync(broker.Address, options: options);
        await device.DisposeAsync();

        PhysicalSystemException refusal = await Assert.ThrowsAsync<PhysicalSystemException>(() => system.RunAsync(EchoDevice.Ramp(10, 64), CancellationToken.None));

        Assert.Contains("lab/echo-1", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(told, line => line.StartsWith("waiting for device lab/echo-1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_open_interlock_is_told_with_the_devices_own_words()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        await using EchoDevice device = new(broker.Address, 11, new MemoryStorage());
        await using WirePhysicalSystem system = await EchoDevice.ConnectAsync(broker.Address);
        device.Device.Health.InterlockClosed = false;
        await Eventually.Holds(() => device.Device.Loop.State == LinkState.Fault, "the device is in fault");

        PhysicalSystemException refusal = await Assert.ThrowsAsync<PhysicalSystemException>(() => system.RunAsync(EchoDevice.Ramp(10, 64), CancellationToken.None));

        Assert.Contains("interlock is open", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_batch_ends_and_the_next_one_is_right()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        await using EchoDevice device = new(broker.Address, 11, new MemoryStorage());
        await using WirePhysicalSystem system = await EchoDevice.ConnectAsync(broker.Address);
        using CancellationTokenSource cancel = new();
        Task<Measurement> running = system.RunAsync(EchoDevice.Ramp(20000, 64), cancel.Token);
        await Eventually.Holds(() => system.Usage.Passes > 100, "the batch is under way");
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Measurement measured = await system.RunAsync(EchoDevice.Ramp(100, 64, 7), CancellationToken.None);
        Assert.Equal(measured.AppliedVolts, measured.Volts);
    }

    [Fact]
    public async Task A_volt_out_of_range_or_not_a_number_is_refused_before_anything_is_sent()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        await using EchoDevice device = new(broker.Address, 11, new MemoryStorage());
        await using WirePhysicalSystem system = await EchoDevice.ConnectAsync(broker.Address);
        foreach (float bad in new[] { 10.1f, -10.1f, float.NaN, float.PositiveInfinity })
        {
            Stimulus stimulus = EchoDevice.Ramp(2, 64);
            stimulus.Volts[70] = bad;
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => system.RunAsync(stimulus, CancellationToken.None));
        }

        Assert.Equal(0, system.Usage.FramesSent);
    }
}
