using System.Net;
using System.Net.Sockets;
using PnnEdge.Link.Broker;
using PnnEdge.Link.Tests.Support;

namespace PnnEdge.Link.Tests.Broker;

public class EmbeddedBrokerTests
{
    [Fact]
    public async Task Port_0_takes_a_free_port_and_tells_it()
    {
        await using EmbeddedBroker one = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        await using EmbeddedBroker other = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());

        Assert.Equal("127.0.0.1", one.Address.Host);
        Assert.NotEqual(0, one.Address.Port);
        Assert.NotEqual(one.Address.Port, other.Address.Port);
        await using PlainClient client = await PlainClient.ConnectAsync(other.Address);
    }

    [Fact]
    public async Task A_taken_port_is_told_in_one_sentence()
    {
        await using EmbeddedBroker first = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());

        IOException refusal = await Assert.ThrowsAsync<IOException>(
            () => EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Port = first.Address.Port }));

        Assert.Contains($"port {first.Address.Port}", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("ann", null)]
    [InlineData("ann", "")]
    public async Task Another_address_than_loopback_is_refused_without_credentials(string? user, string? password)
    {
        ArgumentException refusal = await Assert.ThrowsAsync<ArgumentException>(
            () => EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Address = IPAddress.Any, User = user, Password = password }));

        Assert.Contains("0.0.0.0", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_credentials_another_address_is_served_to_those_who_know_them_only()
    {
        EmbeddedBrokerOptions options = new() { Address = IPAddress.Any, User = "ann", Password = "right" };
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(options);

        await using PlainClient known = await PlainClient.ConnectAsync(broker.Address);
        foreach ((string? user, string? password) in new[] { ("ann", "wrong"), ("bob", "right"), (null, null) })
        {
            await Assert.ThrowsAnyAsync<Exception>(() => PlainClient.ConnectAsync(broker.Address with { User = user, Password = password }));
        }
    }

    [Fact]
    public async Task A_client_that_sends_rubbish_does_not_disturb_the_others()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        await using PlainClient client = await PlainClient.ConnectAsync(broker.Address, "a");
        for (int seed = 0; seed < 20; seed++)
        {
            using TcpClient rude = new();
            await rude.ConnectAsync(IPAddress.Loopback, broker.Address.Port);
            byte[] rubbish = new byte[200];
            new Random(seed).NextBytes(rubbish);
            await rude.GetStream().WriteAsync(rubbish);
        }

        await client.PublishAsync("a", [1, 2, 3]);

        await Eventually.Holds(() => client.Seen.Any(m => m.Topic == "a"), "the other client's message");
    }
}
