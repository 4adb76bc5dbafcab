using System.CommandLine;
using PnnEdge.Cli.Composition;
using PnnEdge.Link.Broker;
using PnnEdge.Link.Devices;
using PnnEdge.Link.Transport;

namespace PnnEdge.Cli.Commands;

/// <summary>Which device at which broker, for commands that ask it something outside of any run.</summary>
internal sealed class DeviceDeskOptions
{
    /// <summary>For one answer.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly Option<BrokerAddress?> _broker = Values.Broker($"The broker (default {BrokerDefaults.Address}).");
    private readonly Option<string?> _device = Values.TopicName("--device", "Which device, as device or site/device, when the broker knows several.", orAddress: true);

    public void AddTo(Command command)
    {
        command.Options.Add(_broker);
        command.Options.Add(_device);
    }

    public BrokerAddress Broker(ParseResult parsed) => parsed.GetValue(_broker) ?? BrokerDefaults.Address;

    public Task<DeviceAddress> FindAsync(ParseResult parsed, CliHost host, CancellationToken cancellation) =>
        DeviceFinder.FindAsync(Broker(parsed), parsed.GetValue(_device), host, cancellation);

    public async Task<DeviceDesk> OpenAsync(ParseResult parsed, CliHost host, CancellationToken cancellation) =>
        DeviceDesk.Open(Broker(parsed), await FindAsync(parsed, host, cancellation), host.Time, new Random((int)(host.Draw() >> 1)));
}
