using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Firmware.Core.Safety
{
    /// <summary>
    /// The newest epoch issued, persisted before it is used. Two records written in turn, so that a power cut while one is
    /// written leaves the other.
    /// </summary>
    public sealed class EpochStore
    {
        private const int RecordBytes = 8;
        private static readonly string[] Names = new string[] { "epoch-a", "epoch-b" };

        private readonly IStorage _storage;
        private readonly ICrc32 _crc;
        private readonly byte[] _record = new byte[RecordBytes];

        public EpochStore(IStorage storage, ICrc32 crc)
        {
            _storage = storage;
            _crc = crc;
            Newest = 0;
            for (int i = 0; i < Names.Length; i++)
            {
                if (_storage.Read(Names[i], _record) == RecordBytes &&
                    Bytes.GetUInt32(_record, 4) == _crc.Compute(_record, 0, 4) && Bytes.GetUInt32(_record, 0) > Newest)
                {
                    Newest = Bytes.GetUInt32(_record, 0);
                }
            }
        }

        /// <summary>0 before the first lease of the device's life.</summary>
        public uint Newest { get; private set; }

        /// <summary>Raises the epoch by one and persists it; false, and unchanged, when it could not be persisted.</summary>
        public bool Raise()
        {
            uint next = Newest + 1;
            Bytes.PutUInt32(_record, 0, next);
            Bytes.PutUInt32(_record, 4, _crc.Compute(_record, 0, 4));
            if (!_storage.Write(Names[next & 1], _record, RecordBytes))
            {
                return false;
            }

            Newest = next;
            return true;
        }
    }
}
