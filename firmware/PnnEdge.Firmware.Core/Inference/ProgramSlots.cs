using System;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Firmware.Core.Inference
{
    /// <summary>
    /// Two records, one program each, with the number of its generation and a CRC behind it. A new program replaces the older record, so
    /// that the newer one stands until the new record is whole: whatever a power cut leaves, one of the two is, and the newest whole one
    /// counts.
    /// </summary>
    public sealed class ProgramSlots
    {
        /// <summary>What a record has behind the program: generation and CRC.</summary>
        public const int TrailBytes = 8;

        public const int Count = 2;
        private const int None = -1;
        private static readonly string[] Names = new string[] { "program-a", "program-b" };

        private readonly IStorage _storage;
        private readonly ICrc32 _crc;
        private readonly byte[] _buffer;
        private readonly uint[] _generations = new uint[Count];
        private int _current = None;

        /// <param name="buffer">As long as the longest program and <see cref="TrailBytes"/>; programs are read into it and written from it.</param>
        public ProgramSlots(IStorage storage, ICrc32 crc, byte[] buffer)
        {
            _storage = storage;
            _crc = crc;
            _buffer = buffer;
            for (int slot = 0; slot < Count; slot++)
            {
                Read(slot);
            }
        }

        /// <summary>The slot of the newest whole record (0), or of the one before it (1); negative when there is none.</summary>
        public int ByAge(int age)
        {
            int newest = _generations[0] >= _generations[1] ? 0 : 1;
            int slot = age == 0 ? newest : 1 - newest;
            return _generations[slot] == 0 ? None : slot;
        }

        /// <summary>Fills the buffer; the program's length, bytes, or -1 when the slot holds none that is whole.</summary>
        public int Read(int slot)
        {
            _generations[slot] = 0;
            int length;
            try
            {
                length = _storage.Read(Names[slot], _buffer);
            }
            catch (Exception)
            {
                // A slot that cannot be read holds nothing that may be run.
                return None;
            }

            if (length <= TrailBytes || length > _buffer.Length || Bytes.GetUInt32(_buffer, length - 4) != _crc.Compute(_buffer, 0, length - 4))
            {
                return None;
            }

            _generations[slot] = Bytes.GetUInt32(_buffer, length - TrailBytes);
            return length - TrailBytes;
        }

        /// <summary>The program that runs is this slot's: the next one goes into the other.</summary>
        public void Use(int slot) => _current = slot;

        /// <summary>
        /// Writes the program in the buffer to the slot that is not in use and reads it back; its slot, or -1 when storage did not keep it:
        /// then the program in use is what the next start will find.
        /// </summary>
        public int Store(int length)
        {
            int slot = _current == 0 ? 1 : 0;
            uint newest = _generations[0] > _generations[1] ? _generations[0] : _generations[1];
            if (newest == uint.MaxValue)
            {
                return None;
            }

            Bytes.PutUInt32(_buffer, length, newest + 1);
            Bytes.PutUInt32(_buffer, length + 4, _crc.Compute(_buffer, 0, length + 4));
            uint written = Bytes.GetUInt32(_buffer, length + 4);
            try
            {
                if (!_storage.Write(Names[slot], _buffer, length + TrailBytes))
                {
                    return None;
                }
            }
            catch (Exception)
            {
                return None;
            }

            // Storage that only says so would leave the device without the program after its next start.
            return Read(slot) == length && Bytes.GetUInt32(_buffer, length + 4) == written ? slot : None;
        }
    }
}
