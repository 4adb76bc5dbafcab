using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Ports;
using PnnEdge.Wire.Programs;

namespace PnnEdge.Firmware.Core.Storage
{
    /// <summary>Whole, and sealed under the device's key? Asked before anything of a content is read.</summary>
    public sealed class SealCheck
    {
        private readonly ICrc32 _crc;
        private readonly DeviceKey _key;

        public SealCheck(ICrc32 crc, DeviceKey key)
        {
            _crc = crc;
            _key = key;
        }

        public bool HasKey => _key.IsKnown;

        /// <summary>What is wrong, as the reply's detail; valid after a refusal that is ProgramRefused.</summary>
        public ProgramFlaw Flaw { get; private set; }

        /// <param name="headerBytes">Fixed part of what is sealed: anything shorter is no content.</param>
        public RefusalReason Check(byte[] content, int length, int headerBytes)
        {
            Flaw = ProgramFlaw.None;
            int seal = length - ProgramSeal.Bytes;
            if (seal < headerBytes)
            {
                Flaw = ProgramFlaw.Shape;
                return RefusalReason.ProgramRefused;
            }

            if (Bytes.GetUInt32(content, seal + ProgramSeal.CrcAt) != _crc.Compute(content, 0, seal + ProgramSeal.CrcAt))
            {
                Flaw = ProgramFlaw.WrongCrc;
                return RefusalReason.ProgramRefused;
            }

            return _key.Seals(content, seal + ProgramSeal.TagAt) ? RefusalReason.Accepted : RefusalReason.WrongTag;
        }
    }
}
