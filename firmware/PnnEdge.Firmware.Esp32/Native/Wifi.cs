using System.Device.Wifi;
using System.IO;
using System.Net.NetworkInformation;
using System.Threading;
using nanoFramework.Networking;

namespace PnnEdge.Firmware.Esp32.Native
{
    /// <summary>
    /// The network whose name and password the interpreter keeps in a partition of its own. They get there by the file I:\wifi.txt, name in
    /// its first line and password in its second, which is deleted once they are stored.
    /// </summary>
    public static class Wifi
    {
        private const string Fresh = "I:\\wifi.txt";
        private const int WaitMillis = 60000;

        /// <summary>Waits at most a minute for an address; false when none came.</summary>
        /// <param name="needsDate">A certificate is valid between two dates: waits for the time of day, too.</param>
        public static bool Connect(bool needsDate)
        {
            CancellationTokenSource limit = new CancellationTokenSource(WaitMillis);
            string fresh = FlashFiles.Text(Fresh);
            if (fresh == null && HasAddress())
            {
                // Every call of the helper registers one more adapter for good.
                return true;
            }

            if (fresh == null)
            {
                return WifiNetworkHelper.Reconnect(needsDate, 0, limit.Token);
            }

            string[] lines = fresh.Split('\n');
            string password = lines.Length > 1 ? lines[1].Trim() : string.Empty;
            bool connected = WifiNetworkHelper.ConnectDhcp(lines[0].Trim(), password, WifiReconnectionKind.Automatic, needsDate, 0, limit.Token);
            if (connected)
            {
                File.Delete(Fresh);
            }

            return connected;
        }

        private static bool HasAddress()
        {
            NetworkInterface[] interfaces = NetworkInterface.GetAllNetworkInterfaces();
            for (int i = 0; i < interfaces.Length; i++)
            {
                // 0.0.0.0 is none.
                if (interfaces[i].NetworkInterfaceType == NetworkInterfaceType.Wireless80211 && interfaces[i].IPv4Address[0] != '0')
                {
                    return true;
                }
            }

            return false;
        }
    }
}
