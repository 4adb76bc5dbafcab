using System.Text;
using PnnEdge.Link.Broker;
using PnnEdge.Link.Devices;
using PnnEdge.Link.Tests.Support;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.Wire;

namespace PnnEdge.Link.Tests.Devices;

public class DeviceDirectoryTests
{
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task A_device_is_found_with_what_it_said_of_itself()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        await using EchoDevice device = new(broker.Address, 11, new MemoryStorage());
        await using DeviceDirectory directory = await OpenAsync(broker);

        DeviceEntry found = await directory.OnlyReadyAsync(Settle, TimeSpan.FromSeconds(20), CancellationToken.None);

        Assert.Equal(EchoDevice.Address, found.Address);
        Assert.Equal(("idle", "virtual-echo", 7u, true), (found.Work, found.Board, found.Serial, found.Simulated));
    }

    [Fact]
    public async Task Several_ready_devices_are_listed_and_none_is_picked()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        await using PlainClient plain = await PlainClient.ConnectAsync(broker.Address);
        foreach (string device in new[] { "b", "a" })
        {
            await plain.PublishAsync(Topics.Leaf("lab", device, Topics.StateLeaf), Encoding.UTF8.GetBytes("ready"), retain: true);
        }

        await using DeviceDirectory directory = await OpenAsync(broker);
        PhysicalSystemException refusal = await Assert.ThrowsAsync<PhysicalSystemException>(
            () => directory.OnlyReadyAsync(Settle, TimeSpan.FromSeconds(20), CancellationToken.None));

        Assert.Contains("lab/a, lab/b", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rubbish_in_the_tree_is_no_device_and_no_statement()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        await using PlainClient plain = await PlainClient.ConnectAsync(broker.Address);
        foreach ((string topic, string text) in new[]
        {
            ("pnn/5/LAB/dev/$state", "ready"), ("pnn/5/lab/dev/$state", "READY"), ("pnn/5/lab/dev/status", "{\"serial\":-1,"),
            ("pnn/5/lab/dev/status", "[1]"), ("pnn/5/lab/dev/status", "{\"serial\":\"x\",\"state\":3}"),
        })
        {
            await plain.PublishAsync(topic, Encoding.UTF8.GetBytes(text), retain: true);
        }

        await using DeviceDirectory directory = await OpenAsync(broker);
        DeviceEntry entry = Assert.Single(await directory.ListAsync(Settle, CancellationToken.None));

        Assert.Equal(("dev", string.Empty, string.Empty, 0u), (entry.Address.Device, entry.State, entry.Work, entry.Serial));
        PhysicalSystemException refusal = await Assert.ThrowsAsync<PhysicalSystemException>(
            () => directory.OnlyReadyAsync(Settle, TimeSpan.Zero, CancellationToken.None));
        Assert.Contains("No device is ready", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_is_not_there_is_told_with_address_and_cause()
    {
        PhysicalSystemException refusal = await Assert.ThrowsAsync<PhysicalSystemException>(() => DeviceDirectory.OpenAsync(
            new BrokerAddress("127.0.0.1", 1), TimeSpan.FromSeconds(1), TimeProvider.System, new Random(1), CancellationToken.None));

        Assert.Contains("mqtt://127.0.0.1:1", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("refused", refusal.Message, StringComparison.Ordinal);
    }

    private static Task<DeviceDirectory> OpenAsync(EmbeddedBroker broker) =>
        DeviceDirectory.OpenAsync(broker.Address, TimeSpan.FromSeconds(20), TimeProvider.System, new Random(5), CancellationToken.None);
}
