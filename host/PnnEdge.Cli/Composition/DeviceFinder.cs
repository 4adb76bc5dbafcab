using PnnEdge.Cli.Commands;
using PnnEdge.Link.Broker;
using PnnEdge.Link.Transport;

namespace PnnEdge.Cli.Composition;

/// <summary>Which device at a broker is meant.</summary>
internal static class DeviceFinder
{
    public static Task<DeviceAddress> FindAsync(BrokerAddress broker, string? name, CliHost host, CancellationToken cancellation) =>
        Task.FromResult(new DeviceAddress(BenchOpener.OwnSite, name ?? throw new UserException("Name a device.")));
}
