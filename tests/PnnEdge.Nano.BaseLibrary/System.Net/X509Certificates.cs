namespace System.Security.Cryptography.X509Certificates
{
    // System.Net 1.11.60: nanoFramework.System.Net/X509Certificates/X509Certificate.cs. The string is the certificate itself, not a path.
    public class X509Certificate
    {
        public X509Certificate(string certificate) => throw null;
    }

    // System.Net 1.11.60: nanoFramework.System.Net/X509Certificates/X509Certificate2.cs
    public class X509Certificate2 : X509Certificate
    {
        public X509Certificate2(string rawData, string key, string password)
            : base(rawData) => throw null;
    }
}
