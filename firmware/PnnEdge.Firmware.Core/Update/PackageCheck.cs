using PnnEdge.Firmware.Core.Storage;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Programs;

namespace PnnEdge.Firmware.Core.Update
{
    /// <summary>Is this a firmware package for this board? Asked when one has come, and again at every start.</summary>
    public sealed class PackageCheck
    {
        private readonly string _board;
        private readonly SealCheck _seal;

        public PackageCheck(string board, SealCheck seal)
        {
            _board = board;
            _seal = seal;
        }

        /// <summary>The reply's detail, and what would be possible; valid after a refusal.</summary>
        public ProgramFlaw Flaw { get; private set; }

        public uint Possible { get; private set; }

        /// <summary>Whole, sealed by our key, a package, of our protocol's number, and for this board: in this order.</summary>
        public RefusalReason Check(byte[] package, int length, FirmwareLayout layout)
        {
            Possible = 0;
            RefusalReason verdict = _seal.Check(package, length, FirmwareHeader.FixedBytes);
            Flaw = _seal.Flaw;
            if (verdict != RefusalReason.Accepted)
            {
                return verdict;
            }

            Flaw = layout.Read(package, length);
            if (Flaw == ProgramFlaw.Format)
            {
                Possible = FirmwareHeader.Format;
            }
            else if (Flaw == ProgramFlaw.None && layout.ProtocolNumber != Protocol.Version)
            {
                // Another edition of the number may come; with another number nobody who speaks to this device now could speak to it then.
                Flaw = ProgramFlaw.Protocol;
                Possible = Protocol.Version;
            }
            else if (Flaw == ProgramFlaw.None && !(layout.Board == _board))
            {
                Flaw = ProgramFlaw.Board;
            }

            return Flaw == ProgramFlaw.None ? RefusalReason.Accepted : RefusalReason.ProgramRefused;
        }
    }
}
