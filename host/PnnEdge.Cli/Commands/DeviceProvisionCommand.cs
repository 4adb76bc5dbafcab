using System.CommandLine;
using PnnEdge.Cli.Composition;
using PnnEdge.Link.Broker;

namespace PnnEdge.Cli.Commands;

/// <summary><c>pnn device provision</c>: who a board is, its network, its broker, its certificates and its key, onto the board by the official flasher.</summary>
internal sealed class DeviceProvisionCommand
{
    private const int TlsPort = 8883;
    private const int PlainPort = 1883;

    /// <summary>As the firmware names its boards; a test holds them against <c>hardware/</c>.</summary>
    internal static readonly string[] Boards = ["esp32-builtin", "esp32-spi", "esp32-i2s"];

    private readonly CliHost _host;
    private readonly Option<string?> _port = new("--port") { Description = "The board's serial port, such as /dev/ttyUSB0 or COM5.", HelpName = "port" };
    private readonly Option<string?> _board = Values.Choice("--board", Boards, "Which board it is");
    private readonly Option<string?> _site = Values.TopicName("--site", $"First part of its address (default {BenchOpener.OwnSite}).");
    private readonly Option<string?> _device = Values.TopicName("--device", "Its name.");
    private readonly Option<int?> _serial = Values.WholeNumber("--serial", 1, int.MaxValue, "The unit's serial number (default 1).");
    private readonly Option<string?> _broker = new("--broker") { Description = "The broker's host name or address, as the board reaches it.", HelpName = "host" };
    private readonly Option<int?> _brokerPort = Values.WholeNumber("--broker-port", 1, 65535, $"(default {TlsPort}; {PlainPort} with --no-tls).");
    private readonly Option<string?> _key = Values.Path("--key-file", "file", "The key that 'pnn deploy' seals programs under; drawn and written there when there is no such file.");
    private readonly BoardTlsOptions _tls;
    private readonly NetworkOptions _network;
    private readonly Option<string?> _improv = new("--improv") { Description = "Only the network, and to a board that runs: over this serial port, which is wired to the board's own line for it.", HelpName = "port" };
    private readonly Option<bool> _print = new("--print") { Description = "Say what would be put on the board, without secrets, and touch nothing." };
    private readonly Option<string?> _nanoff = Values.Path($"--{Flasher.Program}", "file", $"The flasher (default {Flasher.Program} on the path).");

    private DeviceProvisionCommand(CliHost host) => (_host, _tls, _network) = (host, new BoardTlsOptions(host), new NetworkOptions(host));

    public static Command Build(CliHost host)
    {
        var provision = new DeviceProvisionCommand(host);
        var command = new Command("provision", "Put a board's name, network, broker, certificates and key onto it.");
        foreach (Option option in provision.Options) { command.Options.Add(option); }
        command.SetAction(provision.RunAsync);
        return command;
    }

    private Option[] Options => [.. Deployed, .. _network.All, _improv];

    /// <summary>What only the flasher can put on a board.</summary>
    private Option[] Deployed => [_port, _board, _site, _device, _serial, _broker, _brokerPort, .. _tls.All, _key, _print, _nanoff];

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(_improv) is string line) { return await JoinAsync(parsed, line, cancellation); }
        string port = parsed.GetValue(_port) is { Length: > 0 } given ? given : throw new UserException("Which board? Give its serial port with --port, or --improv for its network alone.", isUsage: true);
        BoardSetup setup = Setup(parsed);
        BrokerTls? tls = _tls.Read(parsed);
        (string Ssid, string Password)? network = _network.Read(parsed);
        bool runs = !parsed.GetValue(_print);
        if (runs)
        {
            using var files = new BoardFiles(port);
            Fill(files, setup, tls, network, parsed.GetValue(_key));
            await DeployAsync(files, parsed.GetValue(_nanoff), cancellation);
        }

        string what = runs ? "is set up" : "would be set up";
        await _host.Out.WriteLineAsync($"The board at {port} {what}{(network is { } at ? $" for the network {at.Ssid}" : ", its network as it was")}, from its next start on: press its button EN. I:\\pnn.txt:\n{setup.Text.TrimEnd()}");
        return ExitCode.Done;
    }

    private void Fill(BoardFiles files, BoardSetup setup, BrokerTls? tls, (string Ssid, string Password)? network, string? keyFile)
    {
        files.Add(setup);
        if (tls is not null)
        {
            files.AddFile("ca.pem", tls.AuthorityFile!);
            files.AddFile("device.pem", tls.CertificateFile!);
            files.AddFile("device.key", tls.KeyFile!);
        }

        if (keyFile is not null) { files.AddKey(KeyFile.ReadOrDraw(_host.FullPath(keyFile))); }
        if (network is { } known) { files.AddNetwork(known.Ssid, known.Password); }
        files.Close();
    }

    private async Task DeployAsync(BoardFiles files, string? program, CancellationToken cancellation)
    {
        var flasher = new Flasher(program is null ? Flasher.Program : _host.FullPath(program), _host);
        await flasher.RunAsync(["--filedeployment", files.FilesJson], cancellation);
        if (files.NetworkJson is not null) { await flasher.RunAsync(["--networkdeployment", files.NetworkJson], cancellation); }
    }

    private async Task<int> JoinAsync(ParseResult parsed, string line, CancellationToken cancellation)
    {
        string? beside = Deployed.FirstOrDefault(parsed.IsGiven)?.Name;
        if (beside is not null) { throw new UserException($"--improv gives a running board its network and nothing else; leave out {beside}.", isUsage: true); }
        (string ssid, string password) = _network.Read(parsed) ?? throw new UserException("--improv needs the network; give its name with --wifi.", isUsage: true);
        string who = await new ImprovSetup(_host).JoinAsync(line, ssid, password, cancellation);
        await _host.Out.WriteLineAsync($"{who} joined the network {ssid}.");
        return ExitCode.Done;
    }

    private BoardSetup Setup(ParseResult parsed)
    {
        string board = parsed.GetValue(_board) ?? throw new UserException($"Which board is it? --board is one of {string.Join(", ", Boards)}.", isUsage: true);
        string device = parsed.GetValue(_device) ?? throw new UserException("A board needs a name; give it with --device.", isUsage: true);
        string broker = Values.HostName(parsed, _broker) ?? throw new UserException("A board needs its broker; give the host name with --broker.", isUsage: true);
        bool tls = _tls.AreWanted(parsed);
        return new BoardSetup(
            board, parsed.GetValue(_site) ?? BenchOpener.OwnSite, device, (uint)(parsed.GetValue(_serial) ?? 1), broker,
            parsed.GetValue(_brokerPort) ?? (tls ? TlsPort : PlainPort), tls, _tls.TimeServer(parsed));
    }
}
