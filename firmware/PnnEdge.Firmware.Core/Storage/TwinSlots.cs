using System;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Firmware.Core.Storage
{
    /// <summary>
    /// Two records that hold the old and the new of one thing, each with the number of its generation and a CRC behind it. The new one replaces the
    /// record that is not in use, so that the other stands until the new one is whole: whatever a power cut leaves, one of the two is, and the
    /// newest whole one counts. Programs, firmware packages and the record of starts are kept so.
    /// </summary>
    public sealed class TwinSlots
    {
        /// <summary>What a record has behind its content: generation and CRC.</summary>
        public const int TrailBytes = 8;

        public const int Count = 2;
        private const int None = -1;
        private readonly string[] _names;
        private readonly IStorage _storage;
        private readonly ICrc32 _crc;
        private readonly byte[] _buffer;
        private readonly uint[] _generations = new uint[Count];
        private int _current = None;

        /// <param name="name">Of both records, before "-a" and "-b".</param>
        /// <param name="buffer">As long as the longest content and <see cref="TrailBytes"/>; contents are read into it and written from it.</param>
        public TwinSlots(string name, IStorage storage, ICrc32 crc, byte[] buffer)
        {
            _names = new string[] { name + "-a", name + "-b" };
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

        /// <summary>0 for a slot that holds nothing whole.</summary>
        public uint Generation(int slot) => _generations[slot];

        /// <summary>Fills the buffer; the content's length, bytes, or -1 when the slot holds none that is whole.</summary>
        public int Read(int slot)
        {
            _generations[slot] = 0;
            int length;
            try
            {
                length = _storage.Read(_names[slot], _buffer);
            }
            catch (Exception)
            {
                // A slot that cannot be read holds nothing that may be used.
                return None;
            }

            if (length <= TrailBytes || length > _buffer.Length || Bytes.GetUInt32(_buffer, length - 4) != _crc.Compute(_buffer, 0, length - 4))
            {
                return None;
            }

            _generations[slot] = Bytes.GetUInt32(_buffer, length - TrailBytes);
            return length - TrailBytes;
        }

        /// <summary>What is in use is this slot's: the next content goes into the other.</summary>
        public void Use(int slot) => _current = slot;

        /// <summary>
        /// Writes the content in the buffer to the slot that is not in use and reads it back; its slot, or -1 when storage did not keep it:
        /// then what is in use is what the next start will find.
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
                if (!_storage.Write(_names[slot], _buffer, length + TrailBytes))
                {
                    return None;
                }
            }
            catch (Exception)
            {
                return None;
            }

            // Storage that only says so would leave the device without it after its next start.
            return Read(slot) == length && Bytes.GetUInt32(_buffer, length + 4) == written ? slot : None;
        }
    }
}
