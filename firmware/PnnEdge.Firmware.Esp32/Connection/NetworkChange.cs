using PnnEdge.Firmware.Core.Loop;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Core.Setup;

namespace PnnEdge.Firmware.Esp32.Connection
{
    /// <summary>
    /// Another network, or another password for the same one. The platform's helper takes an address and the network's name for a proof of the password, so the
    /// network is left before: what comes then is the answer to the password that was given. That somebody changed it stands in the log, the password nowhere.
    /// </summary>
    public sealed class NetworkChange : ISetupNetwork
    {
        private readonly IStation _station;
        private readonly DeviceLog _log;
        private readonly IDeviceClock _clock;

        public NetworkChange(IStation station, DeviceLog log, IDeviceClock clock)
        {
            _station = station;
            _log = log;
            _clock = clock;
        }

        public bool IsConnected() => _station.HasAddress();

        /// <summary>Where it fails the network from before is kept and joined again; where there was none, the new one stays and the platform goes on trying.</summary>
        public bool Connect(string ssid, string password)
        {
            string ssidBefore;
            string passwordBefore;
            _station.ReadKept(out ssidBefore, out passwordBefore);
            bool joined = _station.Leave() && _station.Join(ssid, password);
            _log.Write(_clock.Millis(), (joined ? "joined " : "could not join ") + ssid);
            if (!joined && ssidBefore.Length > 0)
            {
                _station.Return(ssidBefore, passwordBefore);
            }

            return joined;
        }
    }
}
