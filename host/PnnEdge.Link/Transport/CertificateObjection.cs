using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace PnnEdge.Link.Transport;

/// <summary>Why a broker's certificate is not believed, in words that end a sentence.</summary>
internal static class CertificateObjection
{
    /// <param name="host">As the broker was called.</param> <param name="errors">At least one.</param>
    public static string Describe(string host, X509Chain? chain, SslPolicyErrors errors)
    {
        List<string> objections = [];
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable)) { objections.Add("it shows no certificate"); }
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) { objections.Add($"its certificate is not for {host}"); }
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors)) { objections.AddRange(chain?.ChainElements.SelectMany(OfOne) ?? []); }
        return objections.Count == 0 ? "its certificate is not believed" : string.Join(", and ", objections.Distinct());
    }

    private static IEnumerable<string> OfOne(X509ChainElement element, int above) => element.ChainElementStatus.Select(found => found.Status switch
    {
        X509ChainStatusFlags.NotTimeValid => FormattableString.Invariant(
            $"{(above == 0 ? "its certificate" : "the certificate of its authority")} holds from {Day(element.Certificate.NotBefore)} to {Day(element.Certificate.NotAfter)} UTC only"),
        X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.PartialChain or X509ChainStatusFlags.NotSignatureValid => "its certificate is of no authority that is trusted here",
        _ => $"its certificate is not believed for {found.Status}",
    });

    private static string Day(DateTime local) => local.ToUniversalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
