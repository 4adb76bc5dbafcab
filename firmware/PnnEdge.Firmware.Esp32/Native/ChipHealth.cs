using nanoFramework.Hardware.Esp32;
using nanoFramework.Runtime.Native;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Esp32.Native
{
    /// <summary>
    /// Interlock and memory. The managed heap is one block of the chip's memory that never grows (nf-interpreter: targets/ESP32/_nanoCLR/Memory.cpp);
    /// what is left beside it is the network's and TLS'.
    /// </summary>
    public sealed class ChipHealth : IBoardHealth
    {
        /// <summary>A heartbeat asks twice in one pass, for its frame and for its text: one collection answers both.</summary>
        private const int KeptMillis = 500;

        private readonly InterlockPin _interlock;
        private readonly IDeviceClock _clock;
        private long _collectsAtMillis;
        private uint _freeBytes;

        public ChipHealth(InterlockPin interlock, IDeviceClock clock)
        {
            _interlock = interlock;
            _clock = clock;
        }

        public bool IsInterlockClosed() => _interlock.IsHigh();

        /// <summary>The sensor in the chip is not calibrated: none is better than a wrong one.</summary>
        public int TemperatureMilliCelsius() => Heartbeat.NoTemperature;

        /// <summary>
        /// What the collector's free list holds when it is through (nf-interpreter: CLR_RT_GarbageCollector::Heap_ComputeAliveVsDeadRatio). Without compaction,
        /// which moves every object and gives no more to count.
        /// </summary>
        public uint FreeMemoryBytes()
        {
            long now = _clock.Millis();
            if (now >= _collectsAtMillis)
            {
                _freeBytes = GC.Run(false);
                _collectsAtMillis = now + KeptMillis;
            }

            return _freeBytes;
        }

        public uint FreeNativeMemoryBytes()
        {
            uint total;
            uint free;
            uint largest;
            NativeMemory.GetMemoryInfo(NativeMemory.MemoryType.All, out total, out free, out largest);
            return free;
        }
    }
}
