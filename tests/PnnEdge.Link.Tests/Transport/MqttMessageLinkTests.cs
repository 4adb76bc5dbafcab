using PnnEdge.Link.Broker;
using PnnEdge.Link.Tests.Support;
using PnnEdge.Link.Transport;
using PnnEdge.Wire;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Link.Tests.Transport;

public class MqttMessageLinkTests
{
    private static readonly string State = Topics.Leaf("lab", "dev-1", Topics.StateLeaf);
    private static readonly string ToDevice = Topics.ToDevice("lab", "dev-1");
    private static readonly string FromDevice = Topics.FromDevice("lab", "dev-1");

    [Fact]
    public async Task Frames_travel_both_ways_unchanged_and_unretained()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        await using PlainClient host = await PlainClient.ConnectAsync(broker.Address, FromDevice);
        await using MqttMessageLink link = await ConnectedLinkAsync(broker.Address);
        byte[] frame = [9, 8, 7, 6, 5];

        Assert.True(link.Send(frame, 1, 3));
        await host.PublishAsync(ToDevice, frame);
        InboundFrame inbound = Receive(link);

        Assert.Equal(frame, inbound.Buffer.AsSpan(0, inbound.Length).ToArray());
        Assert.False(inbound.Retained);
        await Eventually.Holds(() => !host.Seen.IsEmpty, "the device's frame");
        Assert.Equal([8, 7, 6], host.Seen.First().Bytes);
        Assert.False(host.Seen.First().Retained);
    }

    [Fact]
    public async Task A_retained_frame_is_marked_as_such()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        await using PlainClient host = await PlainClient.ConnectAsync(broker.Address);
        await host.PublishAsync(ToDevice, [1], retain: true);
        await using MqttMessageLink link = await ConnectedLinkAsync(broker.Address);

        Assert.True(Receive(link).Retained);
    }

    [Fact]
    public async Task State_is_init_at_connection_then_what_the_device_says_and_disconnected_at_a_clean_end()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        await using PlainClient reader = await PlainClient.ConnectAsync(broker.Address, State);
        await using (MqttMessageLink link = await ConnectedLinkAsync(broker.Address))
        {
            Assert.True(link.Publish(Topics.StateLeaf, Topics.StateReady));
        }

        await Eventually.Holds(() => reader.Seen.Count >= 3, "three states");
        Assert.Equal([Topics.StateInit, Topics.StateReady, Topics.StateDisconnected], reader.Seen.Select(m => m.Text));
        await using PlainClient late = await PlainClient.ConnectAsync(broker.Address, State);
        await Eventually.Holds(() => !late.Seen.IsEmpty, "the retained state");
        Assert.Equal((State, Topics.StateDisconnected, true), (late.Seen.First().Topic, late.Seen.First().Text, late.Seen.First().Retained));
    }

    [Fact]
    public async Task After_a_broker_restart_the_link_is_back_and_subscribed_again()
    {
        EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        BrokerAddress address = broker.Address;
        await using MqttMessageLink link = await ConnectedLinkAsync(address);
        for (int restart = 0; restart < 3; restart++)
        {
            await broker.DisposeAsync();
            await Eventually.Holds(() => !link.IsConnected(), "the loss of the broker is seen");
            Assert.False(link.Send([1], 0, 1));
            broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Port = address.Port });
            await Eventually.Holds(link.IsConnected, "the link is back");
            await using PlainClient host = await PlainClient.ConnectAsync(address, FromDevice);
            await host.PublishAsync(ToDevice, [(byte)restart]);

            Assert.Equal(restart, Receive(link).Buffer[0]);
            Assert.True(link.Send([42], 0, 1));
            await Eventually.Holds(() => host.Seen.Any(m => m.Bytes[0] == 42), "the device's frame after the restart");
        }

        await broker.DisposeAsync();
    }

    [Fact]
    public async Task A_full_inbox_drops_the_newest_and_counts_them()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { MaxPendingMessagesPerClient = 10000 });
        await using PlainClient host = await PlainClient.ConnectAsync(broker.Address);
        await using MqttMessageLink link = await ConnectedLinkAsync(broker.Address);
        const int Sent = 400;
        for (int i = 0; i < Sent; i++)
        {
            await host.PublishAsync(ToDevice, BitConverter.GetBytes(i));
        }

        await Eventually.Holds(() => link.DroppedFrames() == Sent - 256, "the inbox of 256 frames is full and the rest counted");
        for (int i = 0; i < 256; i++)
        {
            Assert.Equal(i, BitConverter.ToInt32(Receive(link).Buffer));
        }
    }

    [Fact]
    public async Task A_message_beyond_the_size_cap_is_dropped_and_counted()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        await using PlainClient host = await PlainClient.ConnectAsync(broker.Address);
        await using MqttMessageLink link = await ConnectedLinkAsync(broker.Address);

        await host.PublishAsync(ToDevice, new byte[65537]);
        await host.PublishAsync(ToDevice, new byte[65536]);

        Assert.Equal(65536, Receive(link).Length);
        Assert.Equal(1u, link.DroppedFrames());
    }

    [Theory]
    [InlineData("", "dev")]
    [InlineData("lab", "+")]
    [InlineData("lab", "a/b")]
    public void Names_that_would_leave_the_topic_tree_are_refused(string site, string device) =>
        Assert.Throws<ArgumentException>(() => new MqttMessageLink(new BrokerAddress("127.0.0.1", 1), site, device, TimeProvider.System, new Random(1), 1024));

    [Fact]
    public async Task A_broker_that_is_not_there_leaves_a_cause_in_words()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        BrokerAddress gone = broker.Address;
        await broker.DisposeAsync();
        await using MqttMessageLink link = new(gone, "lab", "dev-1", TimeProvider.System, new Random(1), 64 * 1024);
        link.Start();

        await Eventually.Holds(() => link.Failure.Contains("refused", StringComparison.OrdinalIgnoreCase), "the refused connection is told");
    }

    [Fact]
    public async Task Two_devices_of_one_name_are_told_so_and_do_not_fight_faster_and_faster()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        await using PlainClient reader = await PlainClient.ConnectAsync(broker.Address, State);
        await using MqttMessageLink first = await ConnectedLinkAsync(broker.Address);
        await using MqttMessageLink second = new(broker.Address, "lab", "dev-1", TimeProvider.System, new Random(2), 1024);
        second.Start();

        foreach (MqttMessageLink link in new[] { first, second })
        {
            await Eventually.Holds(() => link.Failure == "another client called pnn-device-lab-dev-1 is at this broker", "the other client is named");
        }

        await Task.Delay(5000);
        int before = reader.Seen.Count(m => m.Text == Topics.StateInit);
        await Task.Delay(5000);

        // By then the delays have grown to 1 to 2 s, and each connection waits one of them: 5 more in 5 s at most, and one under way
        // at either end. With delays that begin anew at every connection, 50 to 100 ms long, there are 50 and more.
        Assert.InRange(reader.Seen.Count(m => m.Text == Topics.StateInit) - before, 1, 7);
    }

    private static async Task<MqttMessageLink> ConnectedLinkAsync(BrokerAddress broker)
    {
        MqttMessageLink link = new(broker, "lab", "dev-1", TimeProvider.System, new Random(1), 64 * 1024);
        link.Start();
        await Eventually.Holds(link.IsConnected, "the link is connected");
        return link;
    }

    private static InboundFrame Receive(MqttMessageLink link)
    {
        InboundFrame inbound = new();
        Assert.True(link.Receive(inbound, 20000), "no frame came within 20 s");
        return inbound;
    }
}
