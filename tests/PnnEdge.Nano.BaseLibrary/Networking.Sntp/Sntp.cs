namespace nanoFramework.Networking
{
    // Networking.Sntp 1.6.42: nanoFramework.Networking.Sntp/Sntp.cs
    public class Sntp
    {
        public static string Server1 { get => throw null; set => throw null; }

        public static string Server2 { get => throw null; set => throw null; }

        public static void Stop() => throw null;

        public static void UpdateNow() => throw null;
    }
}
