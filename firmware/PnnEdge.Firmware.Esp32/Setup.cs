using PnnEdge.Firmware.Core;
using PnnEdge.Firmware.Core.Loop;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Core.Setup;
using PnnEdge.Firmware.Esp32.Connection;
using PnnEdge.Firmware.Esp32.Native;

namespace PnnEdge.Firmware.Esp32
{
    /// <summary>Improv's parts, put together.</summary>
    public sealed class Setup
    {
        private readonly SetupUart _uart = new SetupUart();
        private readonly ImprovService _service;

        public Setup(Board board, string device, DeviceLog log, IDeviceClock clock)
        {
            _service = new ImprovService(board, "ESP32", device, _uart, new NetworkChange(new WifiStation(), log, clock));
        }

        /// <summary>A thread of its own; never returns.</summary>
        public void Serve() => _uart.Serve(_service);
    }
}
