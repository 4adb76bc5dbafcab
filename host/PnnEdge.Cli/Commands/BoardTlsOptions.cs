using System.CommandLine;
using PnnEdge.Cli.Composition;
using PnnEdge.Link.Broker;

namespace PnnEdge.Cli.Commands;

/// <summary>Whether a board speaks TLS to its broker, and by which files and whose time.</summary>
internal sealed class BoardTlsOptions(CliHost host)
{
    private readonly Option<bool> _none = new("--no-tls") { Description = "Speak to the broker in the clear: for a bench's own network." };
    private readonly Option<string?> _ca = Values.Path("--ca", "file", "The certificate authority that the broker's certificate is of (PEM).");
    private readonly Option<string?> _cert = Values.Path("--cert", "file", "The board's own certificate (PEM).");
    private readonly Option<string?> _key = Values.Path("--cert-key", "file", "Its private key (PEM).");
    private readonly Option<string?> _sntp = new("--sntp") { Description = "Who the board asks for the time of day, which certificates are judged by (default the interpreter's own servers, of pool.ntp.org).", HelpName = "host" };

    public IReadOnlyList<Option> All => [_none, _ca, _cert, _key, _sntp];

    public bool AreWanted(ParseResult parsed) => !parsed.GetValue(_none);

    /// <summary>Null where none was given.</summary>
    public string? TimeServer(ParseResult parsed) => Values.HostName(parsed, _sntp);

    /// <summary>All three files, which belong together; null without TLS.</summary>
    public BrokerTls? Read(ParseResult parsed)
    {
        BrokerTls given = new(Values.Existing(parsed, _ca, host), Values.Existing(parsed, _cert, host), Values.Existing(parsed, _key, host));
        if (!AreWanted(parsed))
        {
            string? idle = new[] { _ca, _cert, _key, _sntp }.FirstOrDefault(parsed.IsGiven)?.Name;
            return idle is null ? null : throw new UserException($"{idle} is for TLS, and --no-tls speaks to the broker in the clear; leave one of them out.", isUsage: true);
        }

        if (given.AuthorityFile is null || given.CertificateFile is null || given.KeyFile is null)
        {
            throw new UserException("TLS needs --ca, --cert and --cert-key; --no-tls speaks to the broker in the clear.", isUsage: true);
        }

        return given.CanBeRead(out string refusal) ? given : throw new UserException(refusal, isUsage: true);
    }
}
