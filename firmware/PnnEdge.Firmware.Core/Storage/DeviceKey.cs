using System;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Ports;
using PnnEdge.Wire.Programs;

namespace PnnEdge.Firmware.Core.Storage
{
    /// <summary>The device's own 32 bytes, brought to it when it is set up and by no frame: whoever knows them may give it programs and firmware.</summary>
    public sealed class DeviceKey
    {
        public const string Name = "key";
        private const int RecordBytes = ProgramSeal.KeyBytes + 4;

        private readonly byte[] _key = new byte[ProgramSeal.KeyBytes];
        private readonly byte[] _tag = new byte[ProgramSeal.TagBytes];
        private readonly IMac _mac;

        /// <param name="mac">Null on a board that cannot compute tags: then nothing is its own.</param>
        public DeviceKey(IStorage storage, ICrc32 crc, IMac mac)
        {
            _mac = mac;
            byte[] record = new byte[RecordBytes];
            try
            {
                IsKnown = mac != null && storage.Read(Name, record) == RecordBytes &&
                    Bytes.GetUInt32(record, ProgramSeal.KeyBytes) == crc.Compute(record, 0, ProgramSeal.KeyBytes);
            }
            catch (Exception)
            {
                // Storage that cannot be read is as good as none: the device works without its program.
                IsKnown = false;
            }

            Array.Copy(record, 0, _key, 0, ProgramSeal.KeyBytes);
        }

        public bool IsKnown { get; private set; }

        /// <summary>Writes the key that the next start will find; false when it could not be stored.</summary>
        /// <param name="key">32 bytes.</param>
        public static bool Provision(IStorage storage, ICrc32 crc, byte[] key)
        {
            byte[] record = new byte[RecordBytes];
            Array.Copy(key, 0, record, 0, ProgramSeal.KeyBytes);
            Bytes.PutUInt32(record, ProgramSeal.KeyBytes, crc.Compute(record, 0, ProgramSeal.KeyBytes));
            return storage.Write(Name, record, RecordBytes);
        }

        /// <summary>Does the tag at <paramref name="tagAt"/> seal all bytes before it? Takes as long for a tag that is nearly right as for any other.</summary>
        public bool Seals(byte[] program, int tagAt)
        {
            if (!IsKnown)
            {
                return false;
            }

            _mac.Compute(_key, program, tagAt, _tag);
            int difference = 0;
            for (int i = 0; i < ProgramSeal.TagBytes; i++)
            {
                difference |= _tag[i] ^ program[tagAt + i];
            }

            return difference == 0;
        }
    }
}
