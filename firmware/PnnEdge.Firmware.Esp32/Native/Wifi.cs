using System.Net.NetworkInformation;
using System.Threading;
using nanoFramework.Networking;

namespace PnnEdge.Firmware.Esp32.Native
{
    /// <summary>The network whose name and password the interpreter keeps in its own partition, where the official flasher puts them; never in a file of ours.</summary>
    public static class Wifi
    {
        private const int WaitMillis = 60000;

        /// <summary>Waits at most a minute for an address; false when none came.</summary>
        /// <param name="needsDate">A certificate is valid between two dates: waits for the time of day, too.</param>
        /// <param name="sntp">Who is asked for that; null for the interpreter's own servers.</param>
        public static bool Connect(bool needsDate, string sntp)
        {
            if (!HasAddress())
            {
                bool isThere = WifiNetworkHelper.Reconnect(needsDate && sntp == null, 0, new CancellationTokenSource(WaitMillis).Token);
                if (!isThere || sntp == null)
                {
                    return isThere;
                }
            }

            return !needsDate || TimeOfDay.Wait(sntp);
        }

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
