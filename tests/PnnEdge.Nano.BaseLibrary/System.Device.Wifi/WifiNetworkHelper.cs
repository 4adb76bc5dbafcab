namespace System.Device.Wifi
{
    // System.Device.Wifi 1.5.149: System.Device.Wifi/WifiReconnectionKind.cs
    public enum WifiReconnectionKind
    {
        Automatic,
        Manual,
    }

    // System.Device.Wifi 1.5.149: System.Device.Wifi/WifiAdapter.cs
    public sealed class WifiAdapter : IDisposable
    {
        internal WifiAdapter(int networkInterface) => throw null;

        public static WifiAdapter[] FindAllAdapters() => throw null;

        public void Disconnect() => throw null;

        public void Dispose() => throw null;
    }
}

namespace nanoFramework.Networking
{
    using System.Device.Wifi;
    using System.Threading;

    // System.Device.Wifi 1.5.149: System.Device.Wifi/NetworkHelper/WifiNetworkHelper.cs
    public static class WifiNetworkHelper
    {
        public static bool ConnectDhcp(
            string ssid, string password, WifiReconnectionKind reconnectionKind = WifiReconnectionKind.Automatic, bool requiresDateTime = false,
            int wifiAdapterId = 0, CancellationToken token = default) => throw null;

        public static bool Reconnect(bool requiresDateTime = false, int wifiAdapterId = 0, CancellationToken token = default) => throw null;
    }
}
