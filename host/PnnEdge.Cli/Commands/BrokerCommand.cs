using System.CommandLine;
using System.Net;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Results;
using PnnEdge.Link.Broker;

namespace PnnEdge.Cli.Commands;

/// <summary><c>pnn broker</c>: the embedded broker as its own process.</summary>
internal sealed class BrokerCommand
{
    private const string PasswordVariable = "PNN_BROKER_PASSWORD";

    private readonly CliHost _host;
    private readonly Interrupts _interrupts;
    private readonly Option<int?> _port = Values.WholeNumber("--port", 0, 65535, $"TCP port; 0 takes a free one (default {BrokerAddress.DefaultPort}).");
    private readonly Option<IPAddress?> _bind = new("--bind")
    {
        Description = "Address to listen on (default 127.0.0.1); any but a loopback address needs a user and a password.",
        HelpName = "address",
        CustomParser = result =>
        {
            if (!IPAddress.TryParse(result.Tokens[0].Value, out IPAddress? address))
            {
                result.AddError($"Asked to --bind to {result.Tokens[0].Value}; possible is an IP address of this machine, such as 127.0.0.1 or 0.0.0.0.");
            }

            return address;
        },
    };

    private readonly Option<string?> _user = new("--user") { Description = "User that clients must give.", HelpName = "name" };
    private readonly Option<string?> _password = new("--password") { Description = $"Their password (default: {PasswordVariable}, which no process list shows).", HelpName = "word" };

    private BrokerCommand(CliHost host, Interrupts interrupts) => (_host, _interrupts) = (host, interrupts);

    public static Command Build(CliHost host, Interrupts interrupts)
    {
        var broker = new BrokerCommand(host, interrupts);
        var command = new Command("broker", "Run an MQTT broker for benches and trainers on several machines or in several processes.");
        foreach (Option option in new Option[] { broker._port, broker._bind, broker._user, broker._password }) { command.Options.Add(option); }
        command.SetAction(broker.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions
        {
            Address = parsed.GetValue(_bind) ?? IPAddress.Loopback,
            Port = parsed.GetValue(_port) ?? BrokerAddress.DefaultPort,
            User = parsed.GetValue(_user),
            Password = parsed.GetValue(_password) ?? _host.Variable(PasswordVariable),
        });
        string address = broker.Address.ToString();
        await _host.Out.WriteLineAsync(parsed.GetValue(CommonOptions.Json) ? JsonText.Line(new ReadyJson(address)) : $"The broker listens at {address}; Ctrl-C ends it.");
        await _host.Out.FlushAsync(CancellationToken.None);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _host.Time, cancellation);
        }
        catch (OperationCanceledException) when (_interrupts.ExitCode == Interrupts.ExitCodeOfTermination)
        {
            // A service that is asked to end has done its work.
        }

        return ExitCode.Done;
    }

    private sealed record ReadyJson(string Broker);
}
