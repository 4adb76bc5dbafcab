using System;
using System.Security.Cryptography.X509Certificates;

namespace PnnEdge.Firmware.Esp32.Native
{
    /// <summary>Whom this unit believes and what it is believed by, from PEM files on drive I; none without TLS.</summary>
    public sealed class Credentials
    {
        private const string AuthorityPath = "I:\\ca.pem";
        private const string CertificatePath = "I:\\device.pem";
        private const string KeyPath = "I:\\device.key";

        /// <summary>Of who signed the broker's certificate.</summary>
        public X509Certificate Authority;

        /// <summary>This unit's certificate and key, which are its name and password.</summary>
        public X509Certificate2 Identity;

        /// <exception cref="ArgumentException">A file that is missing or not what it should be; one sentence.</exception>
        public static Credentials Read()
        {
            Credentials read = new Credentials();
            string authority = FlashFiles.Required(AuthorityPath);
            string certificate = FlashFiles.Required(CertificatePath);
            string key = FlashFiles.Required(KeyPath);
            try
            {
                read.Authority = new X509Certificate(authority);
            }
            catch (Exception)
            {
                // What the library throws names neither file nor reason.
                throw new ArgumentException(AuthorityPath + " holds no certificate in PEM.");
            }

            try
            {
                read.Identity = new X509Certificate2(certificate, key, null);
            }
            catch (Exception)
            {
                throw new ArgumentException(CertificatePath + " and " + KeyPath + " are no certificate and key in PEM; the key may have no password.");
            }

            return read;
        }
    }
}
