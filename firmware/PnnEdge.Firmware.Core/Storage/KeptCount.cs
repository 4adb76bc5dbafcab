using System;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Firmware.Core.Storage
{
    /// <summary>
    /// A number that only rises, persisted before it is used: the epochs issued, the boots made. Two records written in turn, so that a power cut
    /// while one is written leaves the other. As long as the records cannot be read there is no next one: it might have been used before.
    /// </summary>
    public sealed class KeptCount
    {
        private const int RecordBytes = 8;

        private readonly string _name;
        private readonly string[] _records;
        private readonly IStorage _storage;
        private readonly ICrc32 _crc;
        private readonly byte[] _record = new byte[RecordBytes];
        private readonly byte[] _readBack = new byte[RecordBytes];

        /// <param name="name">What is counted; of both records, before "-a" and "-b".</param>
        public KeptCount(string name, IStorage storage, ICrc32 crc)
        {
            _name = name;
            _records = new string[] { name + "-a", name + "-b" };
            _storage = storage;
            _crc = crc;
            Failure = string.Empty;
            Load();
        }

        /// <summary>0 before the first of the device's life.</summary>
        public uint Newest { get; private set; }

        /// <summary>False while it is not known which were used.</summary>
        public bool IsKnown { get; private set; }

        /// <summary>What the storage did wrong; valid while not known and after <see cref="Raise"/> failed.</summary>
        public string Failure { get; private set; }

        /// <summary>Raises it by one and persists it; false, and unchanged, when it could not be persisted.</summary>
        public bool Raise()
        {
            if (!IsKnown)
            {
                Load();
            }

            if (!IsKnown)
            {
                return false;
            }

            if (Newest == uint.MaxValue)
            {
                Failure = "no " + _name + " is left";
                return false;
            }

            uint next = Newest + 1;
            Bytes.PutUInt32(_record, 0, next);
            Bytes.PutUInt32(_record, 4, _crc.Compute(_record, 0, 4));
            if (!Persist(_records[next & 1]))
            {
                return false;
            }

            Newest = next;
            return true;
        }

        /// <summary>Written and read back: storage that only says so would use one twice.</summary>
        private bool Persist(string name)
        {
            try
            {
                if (_storage.Write(name, _record, RecordBytes) && _storage.Read(name, _readBack) == RecordBytes &&
                    Bytes.GetUInt64(_readBack, 0) == Bytes.GetUInt64(_record, 0))
                {
                    return true;
                }

                Failure = "the " + _name + " could not be stored";
            }
            catch (Exception e)
            {
                Failure = "the " + _name + " could not be stored: " + e.Message;
            }

            return false;
        }

        private void Load()
        {
            uint newest = 0;
            int found = 0;
            int sound = 0;
            try
            {
                for (int i = 0; i < _records.Length; i++)
                {
                    int length = _storage.Read(_records[i], _record);
                    found += length >= 0 ? 1 : 0;
                    if (length == RecordBytes && Bytes.GetUInt32(_record, 4) == _crc.Compute(_record, 0, 4))
                    {
                        sound++;
                        uint count = Bytes.GetUInt32(_record, 0);
                        newest = count > newest ? count : newest;
                    }
                }
            }
            catch (Exception e)
            {
                Failure = "the " + _name + " could not be read: " + e.Message;
                return;
            }

            if (found == _records.Length && sound == 0)
            {
                // A power cut spoils one record at most.
                Failure = "both " + _name + " records are spoilt";
                return;
            }

            Newest = newest;
            IsKnown = true;
        }
    }
}
