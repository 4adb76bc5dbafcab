using System.Globalization;

namespace PnnEdge.Optics.Scpi;

/// <summary>Where an instrument listens on a raw TCP socket.</summary>
/// <param name="Port">5025 is registered for <c>scpi-raw</c> (IANA service names).</param>
public sealed record ScpiAddress(string Host, int Port)
{
    public const int DefaultPort = 5025;

    public const string Scheme = "scpi";

    public static bool IsOne(string text) => text.StartsWith($"{Scheme}://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads <c>scpi://host[:port]</c>.</summary>
    /// <param name="refusal">One sentence when it is none.</param>
    public static bool TryParse(string text, out ScpiAddress? address, out string refusal)
    {
        bool isUri = Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme == Scheme && uri.Host.Length > 0
            && uri.AbsolutePath is "" or "/" && uri.Query.Length == 0 && uri.UserInfo.Length == 0 && uri.Port != 0;
        address = isUri ? new ScpiAddress(uri!.Host, uri.Port > 0 ? uri.Port : DefaultPort) : null;
        refusal = isUri ? "" : $"Asked for an instrument at '{text}'; an address looks like {Scheme}://host or {Scheme}://host:port, with port {DefaultPort} where none is given.";
        return isUri;
    }

    /// <exception cref="FormatException">One sentence.</exception>
    public static ScpiAddress Parse(string text) => TryParse(text, out ScpiAddress? address, out string refusal) ? address! : throw new FormatException(refusal);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Scheme}://{Host}:{Port}");
}
