using PnnEdge.Link.Broker;
using PnnEdge.Link.Transport;

namespace PnnEdge.Link.Tests.Support;

/// <summary>A device's first attempt at a broker that it cannot reach.</summary>
internal static class FirstAttempt
{
    public static async Task<string> FailureAsync(BrokerAddress address)
    {
        await using MqttMessageLink link = new(address, "lab", "echo-1", TimeProvider.System, new Random(1), 1024);
        string untried = link.Failure, failure = untried;
        link.Start();
        await Eventually.Holds(() => (failure = link.Failure) != untried, "an attempt has ended");
        Assert.False(link.IsConnected());
        return failure;
    }
}
