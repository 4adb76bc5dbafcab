using System.CommandLine;
using System.Text;
using PnnEdge.Cli.Composition;

namespace PnnEdge.Cli.Commands;

/// <summary>A wireless network's name, and its password from a file, so that no command line holds it.</summary>
internal sealed class NetworkOptions(CliHost host)
{
    private const int MaxSsidBytes = 32;
    private const int MaxPasswordBytes = 64;

    private readonly Option<string?> _wifi = new("--wifi") { Description = "The network's name.", HelpName = "SSID" };
    private readonly Option<string?> _password = Values.Path("--wifi-password-file", "file", "A file whose first line is the network's password.");

    public IReadOnlyList<Option> All => [_wifi, _password];

    /// <summary>Null where none was given.</summary>
    public (string Ssid, string Password)? Read(ParseResult parsed)
    {
        string? ssid = parsed.GetValue(_wifi), passwordFile = Values.Existing(parsed, _password, host);
        if (ssid is null)
        {
            return passwordFile is null ? null : throw new UserException("A password needs its network; give the name with --wifi.", isUsage: true);
        }

        string password = passwordFile is null ? string.Empty : (File.ReadLines(passwordFile).FirstOrDefault() ?? string.Empty);
        int ssidBytes = Encoding.UTF8.GetByteCount(ssid), passwordBytes = Encoding.UTF8.GetByteCount(password);
        return ssidBytes is < 1 or > MaxSsidBytes || passwordBytes > MaxPasswordBytes
            ? throw new UserException($"Asked for a network name of {ssidBytes} bytes and a password of {passwordBytes}; possible are 1 to {MaxSsidBytes} and 0 to {MaxPasswordBytes}.", isUsage: true)
            : (ssid, password);
    }
}
