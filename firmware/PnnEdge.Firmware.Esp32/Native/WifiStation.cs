using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Threading;
using nanoFramework.Networking;
using PnnEdge.Firmware.Esp32.Connection;

namespace PnnEdge.Firmware.Esp32.Native
{
    /// <summary>The station whose network a change is about. Its waits are the chip's own: like Program it belongs to the board's composition root.</summary>
    public sealed class WifiStation : IStation
    {
        private const int JoinMillis = 60000;

        /// <summary>The address goes with an event that follows the disconnecting.</summary>
        private const int LeaveMillis = 5000;

        private const int LookMillis = 250;

        /// <summary>Past by the time the library has connected, which takes it 20 s at most (nf-interpreter, WifiAdapter.NativeConnect): then it does not wait for an address.</summary>
        private const int NoWaitMillis = 1;

        public bool HasAddress() => Wifi.HasAddress();

        public void ReadKept(out string ssid, out string password)
        {
            ssid = string.Empty;
            password = string.Empty;
            NetworkInterface[] interfaces = NetworkInterface.GetAllNetworkInterfaces();
            for (int i = 0; i < interfaces.Length; i++)
            {
                if (interfaces[i].NetworkInterfaceType == NetworkInterfaceType.Wireless80211)
                {
                    Wireless80211Configuration kept = Wireless80211Configuration.GetAllWireless80211Configurations()[interfaces[i].SpecificConfigId];
                    ssid = kept.Ssid;
                    password = kept.Password;
                }
            }
        }

        public bool Leave()
        {
            WifiAdapter[] adapters = WifiAdapter.FindAllAdapters();
            for (int i = 0; i < adapters.Length; i++)
            {
                adapters[i].Disconnect();
                adapters[i].Dispose();
            }

            for (int waited = 0; HasAddress() && waited < LeaveMillis; waited += LookMillis)
            {
                Thread.Sleep(LookMillis);
            }

            return !HasAddress();
        }

        public bool Join(string ssid, string password) => Connect(ssid, password, JoinMillis);

        public void Return(string ssid, string password) => Connect(ssid, password, NoWaitMillis);

        private static bool Connect(string ssid, string password, int millis) => WifiNetworkHelper.ConnectDhcp(
            ssid, password, WifiReconnectionKind.Automatic, false, 0, new CancellationTokenSource(millis).Token);
    }
}
