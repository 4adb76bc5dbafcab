namespace nanoFramework.Networking
{
    using System.Threading;

    // System.Device.Wifi 1.5.149: System.Device.Wifi/NetworkHelper/WifiNetworkHelper.cs
    public static class WifiNetworkHelper
    {
        public static bool Reconnect(bool requiresDateTime = false, int wifiAdapterId = 0, CancellationToken token = default) => throw null;
    }
}
