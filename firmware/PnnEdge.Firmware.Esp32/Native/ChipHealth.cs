using nanoFramework.Hardware.Esp32;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Esp32.Native
{
    /// <summary>Interlock, and memory as the chip's allocator sees it: the managed heap is one block of it that never grows.</summary>
    public sealed class ChipHealth : IBoardHealth
    {
        private readonly InterlockPin _interlock;

        public ChipHealth(InterlockPin interlock)
        {
            _interlock = interlock;
        }

        public bool IsInterlockClosed() => _interlock.IsHigh();

        /// <summary>The sensor in the chip is not calibrated: none is better than a wrong one.</summary>
        public int TemperatureMilliCelsius() => Heartbeat.NoTemperature;

        public uint FreeMemoryBytes()
        {
            uint total;
            uint free;
            uint largest;
            NativeMemory.GetMemoryInfo(NativeMemory.MemoryType.All, out total, out free, out largest);
            return free;
        }
    }
}
