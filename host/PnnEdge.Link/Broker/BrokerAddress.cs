using System.Diagnostics.CodeAnalysis;

namespace PnnEdge.Link.Broker;

/// <summary>Where a broker listens, and as whom to speak to it. The password never appears in <see cref="ToString"/>.</summary>
public sealed record BrokerAddress(string Host, int Port, string? User = null, string? Password = null, BrokerTls? Tls = null)
{
    public const int DefaultPort = 1883;

    /// <summary>Of <c>mqtts</c>.</summary>
    public const int DefaultTlsPort = 8883;

    private const string PlainScheme = "mqtt";
    private const string TlsScheme = "mqtts";

    /// <exception cref="FormatException">The text is no broker address; one sentence says what one looks like.</exception>
    public static BrokerAddress Parse(string text) => TryParse(text, out BrokerAddress? address, out string refusal)
        ? address
        : throw new FormatException(refusal);

    public static bool TryParse(string? text, [NotNullWhen(true)] out BrokerAddress? address, out string refusal)
    {
        address = null;
        refusal = string.Empty;
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme is not (PlainScheme or TlsScheme) || uri.Host.Length == 0)
        {
            refusal = $"\"{text}\" is not a broker address; one looks like mqtt://host:1883, mqtt://user:password@host:1883 or mqtts://host:8883?ca=ca.pem.";
            return false;
        }

        bool isTls = uri.Scheme == TlsScheme;
        if (uri.AbsolutePath.Trim('/').Length != 0 || uri.Fragment.Length != 0 || (uri.Query.Length != 0 && !isTls))
        {
            refusal = $"The broker address {uri.Scheme}://{uri.Authority[(uri.Authority.LastIndexOf('@') + 1)..]} is followed by \"{uri.PathAndQuery}{uri.Fragment}\"; "
                + $"{(isTls ? "only ?ca=…, cert=… and key=… may follow the port" : "nothing may follow the port")}.";
            return false;
        }

        BrokerTls? tls = null;
        if (isTls && !BrokerTls.TryRead(uri.Query, out tls, out refusal))
        {
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
            uri.Port >= 0 ? uri.Port : isTls ? DefaultTlsPort : DefaultPort,
            who[0].Length == 0 ? null : Uri.UnescapeDataString(who[0]),
            who.Length < 2 ? null : Uri.UnescapeDataString(who[1]),
            tls);
        return true;
    }

    public override string ToString() => Text(string.Empty);

    /// <summary>The address with user, password and the names of its files, as another process needs it.</summary>
    public string ToSecretString() =>
        Text(User is null ? string.Empty : Uri.EscapeDataString(User) + (Password is null ? string.Empty : ":" + Uri.EscapeDataString(Password)) + "@") + Tls?.Query;

    private string Text(string who) =>
        $"{(Tls is null ? PlainScheme : TlsScheme)}://{who}{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}";
}
