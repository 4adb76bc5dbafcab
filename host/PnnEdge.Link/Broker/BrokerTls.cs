using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PnnEdge.Link.Broker;

/// <summary>
/// Whom to trust as a broker and as whom to come to it, by PEM files; without an authority whom the computer trusts. Whether a
/// certificate was revoked is not asked: a bench's own authority keeps no list, and its network seldom reaches another's.
/// </summary>
public sealed record BrokerTls(string? AuthorityFile = null, string? CertificateFile = null, string? KeyFile = null)
{
    private static readonly string[] Names = ["ca", "cert", "key"];

    /// <summary>As it stands behind an address: empty, or <c>?ca=…&amp;cert=…&amp;key=…</c>.</summary>
    public string Query
    {
        get
        {
            string?[] files = [AuthorityFile, CertificateFile, KeyFile];
            string[] given = [.. Names.Zip(files).Where(pair => pair.Second is not null).Select(pair => $"{pair.First}={Uri.EscapeDataString(pair.Second!)}")];
            return given.Length == 0 ? string.Empty : "?" + string.Join('&', given);
        }
    }

    /// <param name="query">Empty, or beginning with its question mark.</param> <param name="refusal">One sentence.</param>
    public static bool TryRead(string query, [NotNullWhen(true)] out BrokerTls? tls, out string refusal)
    {
        var files = new string?[Names.Length];
        (tls, refusal) = (null, string.Empty);
        foreach (string part in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = part.Split('=', 2);
            int at = Array.IndexOf(Names, pair[0]);
            if (at < 0 || pair.Length < 2 || pair[1].Length == 0 || files[at] is not null)
            {
                refusal = $"\"{part}\" behind a broker's address says nothing; possible are ca=, cert= and key=, each once and with a PEM file.";
                return false;
            }

            files[at] = Uri.UnescapeDataString(pair[1]);
        }

        if (files[1] is null != files[2] is null)
        {
            refusal = "A certificate for the broker needs its key, and a key its certificate; give both, cert= and key=, or neither.";
            return false;
        }

        tls = new BrokerTls(files[0], files[1], files[2]);
        return tls.CanBeRead(out refusal);
    }

    /// <summary>The files are read anew, so that a renewed certificate is taken at the next connection.</summary>
    public SslClientAuthenticationOptions Options(string host) => new()
    {
        TargetHost = host,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        ClientCertificates = CertificateFile is null ? null : [Own()],
        CertificateChainPolicy = AuthorityFile is null ? null : Trusting(AuthorityFile),
    };

    /// <param name="refusal">One sentence.</param>
    public bool CanBeRead(out string refusal)
    {
        string what = $"authority {AuthorityFile}";
        try
        {
            if (AuthorityFile is not null && Trusting(AuthorityFile).CustomTrustStore.Count == 0)
            {
                throw new CryptographicException("there is no PEM certificate in it");
            }

            what = $"certificate {CertificateFile} with the key {KeyFile}";
            using X509Certificate2? own = CertificateFile is null ? null : Own();
            refusal = string.Empty;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            refusal = $"The {what} cannot be used for the broker: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}.";
            return false;
        }
    }

    private static X509ChainPolicy Trusting(string authorityFile)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(authorityFile);
        return policy;
    }

    /// <summary>By way of PKCS 12, because Windows takes no key for TLS that was only ever in memory.</summary>
    private X509Certificate2 Own()
    {
        using X509Certificate2 read = X509Certificate2.CreateFromPemFile(CertificateFile!, KeyFile);
        return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
    }
}
