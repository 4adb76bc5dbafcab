using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace PnnEdge.Link.Broker;

/// <summary>The MQTT broker that comes with the product, in this process.</summary>
public sealed class EmbeddedBroker : IAsyncDisposable
{
    private readonly MqttServer _server;

    private EmbeddedBroker(MqttServer server, BrokerAddress address) => (_server, Address) = (server, address);

    /// <summary>What clients on this machine connect to, user and password included.</summary>
    public BrokerAddress Address { get; }

    /// <exception cref="ArgumentException">A non-loopback address without user and password.</exception>
    /// <exception cref="IOException">The port cannot be had; the sentence names it and the cause.</exception>
    public static async Task<EmbeddedBroker> StartAsync(EmbeddedBrokerOptions options)
    {
        bool hasCredentials = !string.IsNullOrEmpty(options.User) && !string.IsNullOrEmpty(options.Password);
        if (!IPAddress.IsLoopback(options.Address) && !hasCredentials)
        {
            throw new ArgumentException(
                $"Asked to listen on {options.Address} without a user and a password; without them only a loopback address such as 127.0.0.1 is possible.",
                nameof(options));
        }

        MqttServerOptions serverOptions = new MqttServerOptionsBuilder()
            .WithoutDefaultEndpoint()
            .WithMaxPendingMessagesPerClient(options.MaxPendingMessagesPerClient)
            .WithPendingMessagesOverflowStrategy(MqttPendingMessagesOverflowStrategy.DropOldestQueuedMessage)
            .Build();
        SocketListener listener = new(new IPEndPoint(options.Address, options.Port));
        MqttServer server = new(serverOptions, [listener], MqttNetNullLogger.Instance);
        if (hasCredentials)
        {
            server.ValidatingConnectionAsync += asked =>
            {
                asked.ReasonCode = IsSame(asked.UserName, options.User) & IsSame(asked.Password, options.Password)
                    ? MqttConnectReasonCode.Success
                    : MqttConnectReasonCode.BadUserNameOrPassword;
                return Task.CompletedTask;
            };
        }

        try
        {
            await server.StartAsync();
        }
        catch (SocketException e)
        {
            server.Dispose();
            throw new IOException($"The broker cannot listen on {options.Address} port {options.Port}: {e.Message}.", e);
        }

        IPAddress dial = options.Address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : options.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : options.Address;
        return new EmbeddedBroker(server, new BrokerAddress(dial.ToString(), listener.Port, options.User, options.Password));
    }

    public async ValueTask DisposeAsync()
    {
        if (_server.IsStarted)
        {
            await _server.StopAsync(new MqttServerStopOptions());
        }

        _server.Dispose();
    }

    /// <summary>In the same time whatever differs.</summary>
    private static bool IsSame(string? given, string? expected) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(given ?? string.Empty)), SHA256.HashData(Encoding.UTF8.GetBytes(expected ?? string.Empty)));
}
