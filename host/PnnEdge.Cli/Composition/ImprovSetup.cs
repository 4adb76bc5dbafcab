using System.IO.Ports;
using PnnEdge.Cli.Commands;
using PnnEdge.Firmware.Core.Setup;

namespace PnnEdge.Cli.Composition;

/// <summary>Gives a running board its network over a serial line of its own.</summary>
internal sealed class ImprovSetup(CliHost host)
{
    private const int Baud = 115200;

    private static readonly TimeSpan ForAnAnswer = TimeSpan.FromSeconds(3);

    /// <summary>The board itself leaves a network within 5 s, waits a minute for the new one and takes up to 20 s on the way back to the old one.</summary>
    private static readonly TimeSpan ForTheNetwork = TimeSpan.FromSeconds(95);

    /// <returns>Who joined.</returns>
    /// <exception cref="UserException">No line, nobody at its end, or a network that could not be joined.</exception>
    public async Task<string> JoinAsync(string portName, string ssid, string password, CancellationToken cancellation)
    {
        using SerialPort port = Open(portName);
        var client = new ImprovClient(port.BaseStream, host.Time);
        IReadOnlyList<string> device = await client.DeviceAsync(ForAnAnswer, cancellation)
            ?? throw new UserException($"Nobody answers Improv at {portName}; a board listens on its own line for it (hardware/pins: setup-transmit and setup-receive), not on its USB port.");
        string who = $"{device.ElementAtOrDefault(3) ?? "a device"} ({device.ElementAtOrDefault(0)} {device.ElementAtOrDefault(1)})";
        return await client.SendNetworkAsync(ssid, password, ForTheNetwork, cancellation) switch
        {
            ImprovError.None => who,
            ImprovError.UnableToConnect => throw new UserException($"{who} could not join the network {ssid}; is its name right, its password, and is it on 2.4 GHz?"),
            null => throw new UserException($"{who} did not say within {ForTheNetwork.TotalSeconds:0} s whether it joined the network {ssid}."),
            ImprovError other => throw new UserException($"{who} did not understand what it was told ({other})."),
        };
    }

    private static SerialPort Open(string name)
    {
        // .NET says of a port that is not there that access to it is denied.
        if (!OperatingSystem.IsWindows() && !Path.Exists(name)) { throw new UserException($"There is no serial port {name}."); }
        var port = new SerialPort(name, Baud);
        try
        {
            port.Open();
            return port;
        }
        catch (Exception shut) when (shut is IOException or UnauthorizedAccessException or ArgumentException)
        {
            port.Dispose();
            throw new UserException($"The serial port {name} cannot be opened: {shut.Message.TrimEnd('.')}.", shut);
        }
    }
}
