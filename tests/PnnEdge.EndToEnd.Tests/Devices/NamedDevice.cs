using PnnEdge.Link.Broker;
using PnnEdge.Link.Transport;

namespace PnnEdge.EndToEnd.Tests.Devices;

/// <summary>A device of somebody else's, as <c>PNN_DEVICE</c> names it: mqtt://user:password@host:port/site/device, user and password only where the broker asks for them.</summary>
internal sealed record NamedDevice(BrokerAddress Broker, DeviceAddress Address)
{
    public const string Variable = "PNN_DEVICE";

    /// <summary>Null where the variable is not set.</summary>
    public static NamedDevice? OfEnvironment() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? Parse(text) : null;

    /// <exception cref="FormatException">The text names no device; one sentence says what does.</exception>
    public static NamedDevice Parse(string text)
    {
        string[] parts = text.Split('/');
        if (parts.Length != 5 || !BrokerAddress.TryParse(string.Join('/', parts[..3]), out BrokerAddress? broker, out _))
        {
            throw new FormatException($"{Variable} is not a device's address; one looks like mqtt://host:1883/site/device.");
        }

        try
        {
            DeviceAddress.Require(parts[3], parts[4]);
        }
        catch (ArgumentException notAName)
        {
            throw new FormatException($"{Variable}: {notAName.Message}", notAName);
        }

        return new NamedDevice(broker, new DeviceAddress(parts[3], parts[4]));
    }
}
