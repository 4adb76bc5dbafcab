using PnnEdge.Link.Broker;

namespace PnnEdge.Cli.Commands;

internal static class BrokerDefaults
{
    public static BrokerAddress Address { get; } = new("127.0.0.1", BrokerAddress.DefaultPort);
}
