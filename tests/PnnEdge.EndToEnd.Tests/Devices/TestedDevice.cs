using PnnEdge.Cli.Composition;
using PnnEdge.Link.Broker;
using PnnEdge.Link.Devices;
using PnnEdge.Link.Transport;
using PnnEdge.Wire.Messages;

namespace PnnEdge.EndToEnd.Tests.Devices;

/// <summary>The device that <c>PNN_DEVICE</c> names; where it names none, a virtual one behind a broker of its own. Nobody else may drive it meanwhile.</summary>
public sealed class TestedDevice : IAsyncLifetime
{
    /// <summary>As <c>--key-file</c> of 'pnn deploy'.</summary>
    internal const string KeyVariable = "PNN_DEVICE_KEY_FILE";

    /// <summary>For one answer of a device that is there, and for its broker.</summary>
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private readonly string _folder = Directory.CreateTempSubdirectory("pnn-e2e-device-").FullName;
    private readonly List<PnnProcess> _processes = [];

    internal BrokerAddress Broker { get; private set; } = null!;

    internal DeviceAddress Address { get; private set; } = null!;

    /// <summary>What it said of itself at first.</summary>
    internal BirthCertificate Hello { get; private set; } = null!;

    /// <summary>Null where nobody told it.</summary>
    internal byte[]? Key { get; private set; }

    /// <summary>Common to all its channels, Hz.</summary>
    internal double SampleRateHz => Hello.Channels.Where(channel => channel.Role != ChannelRole.Actuator).Min(channel => channel.MaxRateMilliHertz) / 1000.0;

    /// <summary>What it grants at least (WIRE.md, L-5), but long beside a busy machine's delays, ms.</summary>
    internal int LeaseMillis => (int)Math.Max(2000, 4 * Hello.LongestTransferMillis);

    public async ValueTask InitializeAsync()
    {
        if (NamedDevice.OfEnvironment() is NamedDevice named)
        {
            (Broker, Address) = (named.Broker, named.Address);
            Key = Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } file ? KeyFile.Read(file) : null;
        }
        else
        {
            await StartVirtualAsync();
        }

        await using DeviceDesk desk = OpenDesk();
        Hello = (await desk.IdentifyAsync(Limit, TestContext.Current.CancellationToken)).Hello;
    }

    public ValueTask DisposeAsync()
    {
        foreach (PnnProcess process in Enumerable.Reverse(_processes)) { process.Dispose(); }
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    internal DeviceDesk OpenDesk() => DeviceDesk.Open(Broker, Address, TimeProvider.System, Chance());

    /// <summary>Leases and client ids of two hosts must differ, and those of two runs of the tests, too.</summary>
    internal static Random Chance() => new(Random.Shared.Next());

    private async Task StartVirtualAsync()
    {
        string port = $"{LoopbackPort.Free()}", address = $"mqtt://127.0.0.1:{port}";
        _processes.Add(PnnProcess.Start(_folder, "broker", "--port", port));
        await _processes[0].SaysAsync("The broker listens at");
        _processes.Add(PnnProcess.Start(_folder, "device", "run", "--broker", address, "--site", "lab", "--device", "unit-1", "--key-file", "key.hex"));
        await _processes[1].SaysAsync("is ready");
        (Broker, Address, Key) = (BrokerAddress.Parse(address), new DeviceAddress("lab", "unit-1"), KeyFile.Read(Path.Combine(_folder, "key.hex")));
    }
}
