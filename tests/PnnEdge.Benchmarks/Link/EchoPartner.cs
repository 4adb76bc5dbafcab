using MQTTnet;
using PnnEdge.Firmware.Core;
using PnnEdge.Link.Broker;
using PnnEdge.Link.Transport;
using PnnEdge.Physics;
using PnnEdge.VirtualDevice;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Clocks;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.Wire;

namespace PnnEdge.Benchmarks.Link;

/// <summary>The other end of a closed loop, in a process of its own. Both end when their standard input does, and so with their parent.</summary>
internal static class EchoPartner
{
    public const string Ready = "ready";
    public static readonly DeviceAddress Device = new("bench", "echo-1");

    /// <summary>Topics as long and as deep as ours: matching them is the broker's work, the same for both.</summary>
    public static readonly string BareIn = Topics.ToDevice("bench", "bare-1");
    public static readonly string BareOut = Topics.FromDevice("bench", "bare-1");

    /// <summary>The real firmware core with a wire from output to input.</summary>
    public static async Task RunDeviceAsync(BrokerAddress broker, TextReader untilEnd)
    {
        Board board = VirtualBoards.Echo(1);
        await using MqttMessageLink link = new(broker, Device.Site, Device.Device, TimeProvider.System, new Random(1), board.MaxFrameBytes);
        using SimulatedDevice device = new(
            board, new EchoBench(), 1e6, link, new MemoryStorage(), TimeProvider.System, Pacing.AsFastAsPossible, InjectedFaults.None, bootId: 1);
        link.Start();
        device.Start();
        Console.WriteLine(Ready);
        await untilEnd.ReadToEndAsync();
    }

    /// <summary>The least that MQTTnet can do: every payload goes back as it came, from inside the handler.</summary>
    public static async Task RunBareAsync(BrokerAddress broker, TextReader untilEnd)
    {
        using IMqttClient client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += e => client.PublishAsync(
            new MqttApplicationMessage { Topic = BareOut, Payload = e.ApplicationMessage.Payload }, CancellationToken.None);
        await client.ConnectAsync(BareOptions(broker));
        await client.SubscribeAsync(BareIn);
        Console.WriteLine(Ready);
        await untilEnd.ReadToEndAsync();
    }

    /// <summary>
    /// The same socket settings as ours, so that the ratio is one of code: with the library's own 8 KiB this loop stalls on a zero
    /// TCP window for seconds. The endpoint comes first: it starts the TCP options anew.
    /// </summary>
    public static MqttClientOptions BareOptions(BrokerAddress broker) => new MqttClientOptionsBuilder()
        .WithEndPoint(new System.Net.DnsEndPoint(broker.Host, broker.Port))
        .WithTcpServer(tcp =>
        {
            tcp.BufferSize = 256 * 1024;
            tcp.NoDelay = true;
        })
        .WithoutPacketFragmentation()
        .Build();
}
