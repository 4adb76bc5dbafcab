using System.Diagnostics.CodeAnalysis;

namespace PnnEdge.Link.Broker;

/// <summary>Where a broker listens, and as whom to speak to it. The password never appears in <see cref="ToString"/>.</summary>
public sealed record BrokerAddress(string Host, int Port, string? User = null, string? Password = null)
{
    public const int DefaultPort = 1883;

    private const string Scheme = "mqtt";

    /// <exception cref="FormatException">The text is no broker address; one sentence says what one looks like.</exception>
    public static BrokerAddress Parse(string text) => TryParse(text, out BrokerAddress? address, out string refusal)
        ? address
        : throw new FormatException(refusal);

    public static bool TryParse(string? text, [NotNullWhen(true)] out BrokerAddress? address, out string refusal)
    {
        address = null;
        refusal = string.Empty;
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme != Scheme || uri.Host.Length == 0)
        {
            refusal = $"\"{text}\" is not a broker address; one looks like mqtt://host:1883 or mqtt://user:password@host:1883.";
            return false;
        }

        if (uri.PathAndQuery.Trim('/').Length != 0 || uri.Fragment.Length != 0)
        {
            refusal = $"The broker address mqtt://{uri.Authority[(uri.Authority.LastIndexOf('@') + 1)..]} is followed by \"{uri.PathAndQuery}{uri.Fragment}\"; nothing may follow the port.";
            return false;
        }

        if (uri.Port == 0)
        {
            refusal = $"The broker address \"{text}\" names port 0; a broker listens on a port from 1 to 65535.";
            return false;
        }

        string[] who = uri.UserInfo.Split(':', 2);
        address = new BrokerAddress(
            uri.Host.Trim('[', ']'),
            uri.Port < 0 ? DefaultPort : uri.Port,
            who[0].Length == 0 ? null : Uri.UnescapeDataString(who[0]),
            who.Length < 2 ? null : Uri.UnescapeDataString(who[1]));
        return true;
    }

    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"{Scheme}://[{Host}]:{Port}" : $"{Scheme}://{Host}:{Port}";

    /// <summary>The address with user and password, as another process needs it.</summary>
    public string ToSecretString() => User is null
        ? ToString()
        : ToString().Insert(
            Scheme.Length + "://".Length,
            Uri.EscapeDataString(User) + (Password is null ? string.Empty : ":" + Uri.EscapeDataString(Password)) + "@");
}
