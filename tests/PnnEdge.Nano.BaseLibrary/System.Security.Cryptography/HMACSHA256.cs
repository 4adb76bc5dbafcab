namespace System.Security.Cryptography
{
    // System.Security.Cryptography 1.0.43: System.Security.Cryptography/HMACSHA256.cs
    public class HMACSHA256 : IDisposable
    {
        public HMACSHA256(byte[] key) => throw null;

        public byte[] ComputeHash(byte[] buffer) => throw null;

        public static byte[] HashData(byte[] key, byte[] source) => throw null;

        public void Dispose() => throw null;
    }
}
