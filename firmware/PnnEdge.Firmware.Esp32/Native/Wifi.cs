using System;
using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Threading;
using nanoFramework.Networking;

namespace PnnEdge.Firmware.Esp32.Native
{
    /// <summary>The network whose name and password the interpreter keeps in its own partition, where the official flasher puts them; never in a file of ours.</summary>
    public static class Wifi
    {
        private const int WaitMillis = 60000;
        private const int LookMillis = 250;

        /// <summary>Of this code: the interpreter's own SNTP client has set the clock when it is later; until then it counts from 1970.</summary>
        private const int EarliestYear = 2026;

        /// <summary>Waits at most a minute for an address; false when none came.</summary>
        /// <param name="needsDate">A certificate is valid between two dates: waits for the time of day, too.</param>
        public static bool Connect(bool needsDate)
        {
            if (!HasAddress())
            {
                return WifiNetworkHelper.Reconnect(needsDate, 0, new CancellationTokenSource(WaitMillis).Token);
            }

            for (int waited = 0; needsDate && DateTime.UtcNow.Year < EarliestYear; waited += LookMillis)
            {
                if (waited >= WaitMillis)
                {
                    return false;
                }

                Thread.Sleep(LookMillis);
            }

            return true;
        }

        /// <summary>Keeps name and password in the interpreter's partition and joins; false when no address came within a minute.</summary>
        public static bool Join(string ssid, string password) => WifiNetworkHelper.ConnectDhcp(
            ssid, password, WifiReconnectionKind.Automatic, false, 0, new CancellationTokenSource(WaitMillis).Token);

        /// <summary>Asked first, because every call of the helper registers one more adapter for good.</summary>
        public static bool HasAddress()
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
