using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Core.Storage;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Firmware.Core.Update
{
    /// <summary>
    /// How often each slot's package was started, and whether it has confirmed itself. An entry belongs to a generation: a new package in the slot
    /// begins with none. All of it belongs to what was flashed: another flash puts packages from before it aside. Written whole, to the older of
    /// two records.
    /// </summary>
    public sealed class BootRecord
    {
        private const int GenerationIn = 0;
        private const int TriesIn = 4;
        private const int ConfirmedIn = 6;
        private const int EntryBytes = 8;
        private const int FlashedAt = TwinSlots.Count * EntryBytes;
        private const int ContentBytes = FlashedAt + 4;

        /// <summary>In place of a count of starts: put aside by another flash.</summary>
        private const int Aside = 65535;

        private readonly byte[] _content = new byte[ContentBytes + TwinSlots.TrailBytes];
        private readonly TwinSlots _slots;

        public BootRecord(IStorage storage, ICrc32 crc)
        {
            _slots = new TwinSlots("starts", storage, crc, _content);
            int newest = _slots.ByAge(0);
            if (newest < 0 || _slots.Read(newest) != ContentBytes)
            {
                for (int i = 0; i < ContentBytes; i++)
                {
                    _content[i] = 0;
                }
            }

            _slots.Use(newest);
        }

        /// <summary>CRC-32 of the flashed firmware's version when this was written; 0 before the first start of a package.</summary>
        public uint Flashed => Bytes.GetUInt32(_content, FlashedAt);

        public bool IsAside(int slot, uint generation) => Tries(slot, generation) == Aside;

        /// <summary>Puts the packages of these generations aside, because another firmware was flashed after them; false when that was not kept.</summary>
        public bool PutAside(uint generationA, uint generationB, uint flashed)
        {
            Put(0, generationA, Aside, false);
            Put(1, generationB, Aside, false);
            return Keep(flashed);
        }

        /// <summary>Starts that were counted and not confirmed.</summary>
        public int Tries(int slot, uint generation) => IsOf(slot, generation) ? Bytes.GetUInt16(_content, At(slot) + TriesIn) : 0;

        public bool IsConfirmed(int slot, uint generation) => IsOf(slot, generation) && Bytes.GetUInt16(_content, At(slot) + ConfirmedIn) != 0;

        /// <summary>Before the start itself; false when that was not kept: then it must not be started.</summary>
        public bool CountTry(int slot, uint generation, uint flashed)
        {
            Put(slot, generation, Tries(slot, generation) + 1, false);
            return Keep(flashed);
        }

        /// <summary>False when that was not kept: then the next start counts as another try.</summary>
        public bool Confirm(int slot, uint generation)
        {
            Put(slot, generation, 0, true);
            return Keep(Flashed);
        }

        private void Put(int slot, uint generation, int tries, bool isConfirmed)
        {
            int at = At(slot);
            Bytes.PutUInt32(_content, at + GenerationIn, generation);
            Bytes.PutUInt16(_content, at + TriesIn, tries);
            Bytes.PutUInt16(_content, at + ConfirmedIn, isConfirmed ? 1 : 0);
        }

        private bool Keep(uint flashed)
        {
            Bytes.PutUInt32(_content, FlashedAt, flashed);
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
