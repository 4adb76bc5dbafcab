using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Core.Storage;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Firmware.Esp32.Connection
{
    /// <summary>
    /// A boot id that no earlier boot had, wherever the power went: a count that is kept, spread over 32 bits by an odd factor (which repeats after
    /// 2³² boots) and never 0. Chance alone would not do: two boots take the same way to the same seed.
    /// </summary>
    public static class BootIds
    {
        private const uint Odd = 2654435761;

        /// <param name="micros">Since start: what is left where the count cannot be kept. The epochs meet the same storage next and say so in a Fault.</param>
        public static uint Next(IStorage storage, ICrc32 crc, long micros)
        {
            KeptCount boots = new KeptCount("boot", storage, crc);
            uint id = boots.Raise() ? boots.Newest * Odd : (uint)micros;
            return id == 0 ? 1 : id;
        }
    }
}
