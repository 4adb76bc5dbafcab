using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using PnnEdge.Link.Broker;

namespace PnnEdge.Link.Tests.Support;

/// <summary>Somebody else's broker and client, where they are installed.</summary>
internal static class Mosquitto
{
    public static string RequireTool(string name)
    {
        string[] folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator), "/usr/sbin"];
        string? found = folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null, $"skipped: {name} not installed");
        return found!;
    }

    public static Process Start(string tool, params string[] arguments) => Process.Start(
        new ProcessStartInfo(RequireTool(tool), arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    /// <summary>A broker on a port that was free a moment ago; the caller kills it.</summary>
    /// <param name="listener">Lines of its configuration, about its one listener; none lets everybody in. Started by root it stays root, to read the test's files.</param>
    public static async Task<(Process Broker, BrokerAddress Address)> StartBrokerAsync(params string[] listener)
    {
        string tool = RequireTool("mosquitto");
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        int port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        string configuration = Path.GetTempFileName();
        await File.WriteAllLinesAsync(configuration, ["user root", $"listener {port} 127.0.0.1", .. listener.Length == 0 ? ["allow_anonymous true"] : listener]);
        Process broker = Start(tool, "-c", configuration);
        BrokerAddress address = new("127.0.0.1", port);
        await Eventually.Holds(() => Answers(address), "mosquitto listens");
        Assert.False(broker.WaitForExit(TimeSpan.FromMilliseconds(200)), "mosquitto did not take its configuration");
        File.Delete(configuration);
        return (broker, address);
    }

    private static bool Answers(BrokerAddress address)
    {
        try
        {
            using TcpClient client = new(address.Host, address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
