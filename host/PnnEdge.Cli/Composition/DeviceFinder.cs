using PnnEdge.Cli.Commands;
using PnnEdge.Link.Broker;
using PnnEdge.Link.Devices;
using PnnEdge.Link.Transport;

namespace PnnEdge.Cli.Composition;

/// <summary>Which devices a broker knows, and which of them is meant.</summary>
internal static class DeviceFinder
{
    private static readonly TimeSpan ForTheBroker = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ForADevice = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ToSettle = TimeSpan.FromMilliseconds(300);

    public static async Task<IReadOnlyList<DeviceEntry>> ListAsync(BrokerAddress broker, CliHost host, CancellationToken cancellation)
    {
        await using DeviceDirectory directory = await OpenAsync(broker, host, cancellation);
        return await directory.ListAsync(ToSettle, cancellation);
    }

    /// <param name="name">As typed: a device, or site/device; null for the only one that is ready.</param>
    /// <exception cref="UserException">No device of that name was ever there, or several sites have one.</exception>
    public static async Task<DeviceAddress> FindAsync(BrokerAddress broker, string? name, CliHost host, CancellationToken cancellation)
    {
        await using DeviceDirectory directory = await OpenAsync(broker, host, cancellation);
        if (name is null) { return (await directory.OnlyReadyAsync(ToSettle, ForADevice, cancellation)).Address; }
        IReadOnlyList<DeviceEntry> known = await directory.ListAsync(ToSettle, cancellation);
        DeviceEntry[] meant = [.. known.Where(entry => entry.Address.Device == name || entry.Address.ToString() == name)];
        return meant.Length switch
        {
            1 => meant[0].Address,
            0 => throw new UserException($"There is no device {name} at {broker}; {(known.Count == 0 ? "none has ever been there" : "there are " + string.Join(", ", known.Select(entry => entry.Address)))}."),
            _ => throw new UserException($"{meant.Length} sites have a device {name}: {string.Join(", ", meant.Select(entry => entry.Address))}; name it as site/device."),
        };
    }

    private static Task<DeviceDirectory> OpenAsync(BrokerAddress broker, CliHost host, CancellationToken cancellation) =>
        DeviceDirectory.OpenAsync(broker, ForTheBroker, host.Time, new Random((int)(host.Draw() >> 1)), cancellation);
}
