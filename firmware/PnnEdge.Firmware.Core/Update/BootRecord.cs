using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Core.Storage;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Firmware.Core.Update
{
    /// <summary>
    /// How often each slot's package was started, and whether it has confirmed itself. An entry belongs to a generation: a new package in the slot
    /// begins with none. Written whole, to the older of two records.
    /// </summary>
    public sealed class BootRecord
    {
        private const int GenerationIn = 0;
        private const int TriesIn = 4;
        private const int ConfirmedIn = 6;
        private const int EntryBytes = 8;
        private const int ContentBytes = TwinSlots.Count * EntryBytes;

        private readonly byte[] _content = new byte[ContentBytes + TwinSlots.TrailBytes];
        private readonly TwinSlots _slots;

        public BootRecord(IStorage storage, ICrc32 crc)
        {
            _slots = new TwinSlots("starts", storage, crc, _content);
            int newest = _slots.ByAge(0);
            if (newest < 0 || _slots.Read(newest) != ContentBytes)
            {
                System.Array.Clear(_content, 0, _content.Length);
            }

            _slots.Use(newest);
        }

        /// <summary>Starts that were counted and not confirmed.</summary>
        public int Tries(int slot, uint generation) => IsOf(slot, generation) ? Bytes.GetUInt16(_content, At(slot) + TriesIn) : 0;

        public bool IsConfirmed(int slot, uint generation) => IsOf(slot, generation) && Bytes.GetUInt16(_content, At(slot) + ConfirmedIn) != 0;

        /// <summary>Before the start itself; false when that was not kept: then it must not be started.</summary>
        public bool CountTry(int slot, uint generation) => Keep(slot, generation, Tries(slot, generation) + 1, false);

        /// <summary>False when that was not kept: then the next start counts as another try.</summary>
        public bool Confirm(int slot, uint generation) => Keep(slot, generation, 0, true);

        private bool Keep(int slot, uint generation, int tries, bool isConfirmed)
        {
            int at = At(slot);
            Bytes.PutUInt32(_content, at + GenerationIn, generation);
            Bytes.PutUInt16(_content, at + TriesIn, tries);
            Bytes.PutUInt16(_content, at + ConfirmedIn, isConfirmed ? 1 : 0);
            int kept = _slots.Store(ContentBytes);
            if (kept < 0)
            {
                return false;
            }

            _slots.Use(kept);
            return true;
        }

        private bool IsOf(int slot, uint generation) => Bytes.GetUInt32(_content, At(slot) + GenerationIn) == generation;

        private static int At(int slot) => slot * EntryBytes;
    }
}
