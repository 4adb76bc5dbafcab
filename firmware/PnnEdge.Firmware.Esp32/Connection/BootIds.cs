using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Wire.Frames;

namespace PnnEdge.Firmware.Esp32.Connection
{
    /// <summary>
    /// A boot id that no earlier boot had: a counter that is kept, spread over 32 bits by an odd factor (which repeats after 2³² boots) and never
    /// 0. Chance alone would not do: two boots take the same way to the same seed.
    /// </summary>
    public static class BootIds
    {
        private const string Record = "boots";
        private const uint Odd = 2654435761;

        /// <param name="micros">Since start: what is left where the counter cannot be kept.</param>
        public static uint Next(IStorage storage, long micros)
        {
            byte[] record = new byte[4];
            uint boots = 0;
            bool kept = false;
            try
            {
                boots = storage.Read(Record, record) == 4 ? Bytes.GetUInt32(record, 0) : 0;
                boots++;
                Bytes.PutUInt32(record, 0, boots);
                kept = storage.Write(Record, record, 4);
            }
            catch (System.Exception)
            {
                // The epoch store meets the same storage next and goes to Fault with its words.
            }

            uint id = kept ? boots * Odd : (uint)micros;
            return id == 0 ? 1 : id;
        }
    }
}
