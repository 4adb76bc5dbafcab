namespace System.Net.NetworkInformation
{
    // System.Net 1.11.60: nanoFramework.System.Net/NetworkInformation/NetworkInterfaceType.cs
    public enum NetworkInterfaceType
    {
        Unknown = 1,
        Ethernet = 6,
        Wireless80211 = 71,
        WirelessAP = 72,
    }

    // System.Net 1.11.60: nanoFramework.System.Net/NetworkInformation/NetworkInterface.cs
    public class NetworkInterface
    {
        internal NetworkInterface() => throw null;

        public string IPv4Address => throw null;

        public NetworkInterfaceType NetworkInterfaceType => throw null;

        public uint SpecificConfigId { get => throw null; set => throw null; }

        public static NetworkInterface[] GetAllNetworkInterfaces() => throw null;
    }

    // System.Net 1.11.60: nanoFramework.System.Net/NetworkInformation/Wireless80211Configuration.cs
    public class Wireless80211Configuration
    {
        public Wireless80211Configuration(uint id) => throw null;

        public string Password { get => throw null; set => throw null; }

        public string Ssid { get => throw null; set => throw null; }

        public static Wireless80211Configuration[] GetAllWireless80211Configurations() => throw null;
    }
}
