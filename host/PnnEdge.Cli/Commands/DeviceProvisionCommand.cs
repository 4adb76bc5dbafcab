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
    private readonly Option<bool> _noTls = new("--no-tls") { Description = "Speak to the broker in the clear: for a bench's own network." };
    private readonly Option<string?> _ca = Values.Path("--ca", "file", "The certificate authority that the broker's certificate is of (PEM).");
    private readonly Option<string?> _cert = Values.Path("--cert", "file", "The board's own certificate (PEM).");
    private readonly Option<string?> _certKey = Values.Path("--cert-key", "file", "Its private key (PEM).");
    private readonly Option<string?> _sntp = new("--sntp") { Description = "Who the board asks for the time of day, which certificates are judged by (default the interpreter's own servers, of pool.ntp.org).", HelpName = "host" };
    private readonly Option<string?> _key = Values.Path("--key-file", "file", "The key that 'pnn deploy' seals programs under; drawn and written there when there is no such file.");
    private readonly NetworkOptions _network;
    private readonly Option<string?> _improv = new("--improv") { Description = "Only the network, and to a board that runs: over this serial port, which is wired to the board's own line for it.", HelpName = "port" };
    private readonly Option<bool> _print = new("--print") { Description = "Say what would be put on the board, without secrets, and touch nothing." };
    private readonly Option<string?> _nanoff = Values.Path($"--{Flasher.Program}", "file", $"The flasher (default {Flasher.Program} on the path).");

    private DeviceProvisionCommand(CliHost host) => (_host, _network) = (host, new NetworkOptions(host));

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
    private Option[] Deployed => [_port, _board, _site, _device, _serial, _broker, _brokerPort, _noTls, _ca, _cert, _certKey, _sntp, _key, _print, _nanoff];

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(_improv) is string line) { return await JoinAsync(parsed, line, cancellation); }
        string port = parsed.GetValue(_port) is { Length: > 0 } given ? given : throw new UserException("Which board? Give its serial port with --port, or --improv for its network alone.", isUsage: true);
        BoardSetup setup = Setup(parsed);
        (string? Ca, string? Cert, string? Key) pem = (Values.Existing(parsed, _ca, _host), Values.Existing(parsed, _cert, _host), Values.Existing(parsed, _certKey, _host));
        string? idle = setup.Tls ? null : new[] { _ca, _cert, _certKey, _sntp }.FirstOrDefault(parsed.IsGiven)?.Name;
        if (idle is not null) { throw new UserException($"{idle} is for TLS, and --no-tls speaks to the broker in the clear; leave one of them out.", isUsage: true); }
        if (setup.Tls && (pem.Ca is null || pem.Cert is null || pem.Key is null))
        {
            throw new UserException("TLS needs --ca, --cert and --cert-key; --no-tls speaks to the broker in the clear.", isUsage: true);
        }

        if (setup.Tls && !new BrokerTls(pem.Ca, pem.Cert, pem.Key).CanBeRead(out string refusal)) { throw new UserException(refusal, isUsage: true); }

        (string Ssid, string Password)? network = _network.Read(parsed);
        bool runs = !parsed.GetValue(_print);
        using var files = new BoardFiles(port);
        files.Add(setup);
        if (setup.Tls)
        {
            files.AddFile("ca.pem", pem.Ca!);
            files.AddFile("device.pem", pem.Cert!);
            files.AddFile("device.key", pem.Key!);
        }

        if (runs && parsed.GetValue(_key) is string keyFile) { files.AddKey(KeyFile.ReadOrDraw(_host.FullPath(keyFile))); }
        if (network is { } known) { files.AddNetwork(known.Ssid, known.Password); }
        files.Close();
        var flasher = new Flasher(parsed.GetValue(_nanoff) is string program ? _host.FullPath(program) : Flasher.Program, _host);
        if (runs)
        {
            await flasher.RunAsync(["--filedeployment", files.FilesJson], cancellation);
            if (files.NetworkJson is not null) { await flasher.RunAsync(["--networkdeployment", files.NetworkJson], cancellation); }
        }

        string what = runs ? "is set up" : "would be set up";
        await _host.Out.WriteLineAsync($"The board at {port} {what}{(network is { } at ? $" for the network {at.Ssid}" : ", its network as it was")}, from its next start on: press its button EN. I:\\pnn.txt:\n{setup.Text.TrimEnd()}");
        return ExitCode.Done;
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
        string broker = HostName(parsed, _broker) ?? throw new UserException("A board needs its broker; give the host name with --broker.", isUsage: true);
        bool tls = !parsed.GetValue(_noTls);
        return new BoardSetup(
            board, parsed.GetValue(_site) ?? BenchOpener.OwnSite, device, (uint)(parsed.GetValue(_serial) ?? 1), broker,
            parsed.GetValue(_brokerPort) ?? (tls ? TlsPort : PlainPort), tls, HostName(parsed, _sntp));
    }

    /// <summary>Null where none was given.</summary>
    private static string? HostName(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) switch
    {
        { } name when Uri.CheckHostName(name) == UriHostNameType.Unknown =>
            throw new UserException($"Asked {option.Name} for '{name}'; possible is a host name or an address, without scheme and port.", isUsage: true),
        var name => name,
    };
}
