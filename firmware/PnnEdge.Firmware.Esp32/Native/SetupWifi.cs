using PnnEdge.Firmware.Core.Loop;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Core.Setup;

namespace PnnEdge.Firmware.Esp32.Native
{
    /// <summary>What Improv asks of the network; that somebody changed it stands in the log, the password nowhere.</summary>
    public sealed class SetupWifi : ISetupNetwork
    {
        private readonly DeviceLog _log;
        private readonly IDeviceClock _clock;

        public SetupWifi(DeviceLog log, IDeviceClock clock)
        {
            _log = log;
            _clock = clock;
        }

        public bool IsConnected() => Wifi.HasAddress();

        public bool Connect(string ssid, string password)
        {
            bool joined = Wifi.Join(ssid, password);
            _log.Write(_clock.Millis(), joined ? "joined " + ssid : "could not join " + ssid);
            return joined;
        }
    }
}
