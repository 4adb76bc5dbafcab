using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Core.Storage;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Ports;
using PnnEdge.Wire.Programs;

namespace PnnEdge.Firmware.Core.Inference
{
    /// <summary>The program that runs, and the way of a new one: piece by piece into memory, checked, stored, and then in the old one's place.</summary>
    public sealed class ProgramShelf
    {
        private readonly SealCheck _seal;
        private readonly ProgramCheck _check;
        private readonly TwinSlots _slots;
        private readonly PieceIntake _intake;
        private readonly byte[] _buffer;

        /// <summary>Null when there is none. Nobody else keeps it: while the next one is built there is memory for one.</summary>
        public DeployedProgram Active;

        /// <summary>How many programs have been active since the start, by which a new one is noticed.</summary>
        public uint Loads;

        /// <summary>Bytes held of the program that is coming, or what would be possible; valid after <see cref="Take"/>.</summary>
        public uint ValueSet;

        /// <summary>Meaning by reason: see WIRE.md; valid after a refusal.</summary>
        public uint Detail;

        public ProgramShelf(Board board, IConverters converters, IStorage storage, ICrc32 crc, IMac mac, ILocalInput input)
        {
            _seal = new SealCheck(crc, new DeviceKey(storage, crc, mac));
            _check = new ProgramCheck(board, converters, input);
            _buffer = new byte[board.ProgramBytes + TwinSlots.TrailBytes];
            _intake = new PieceIntake(_buffer, board.ProgramBytes);
            _slots = new TwinSlots("program", storage, crc, _buffer);
            for (int age = 0; age < TwinSlots.Count && Active == null; age++)
            {
                Load(_slots.ByAge(age));
            }
        }

        /// <summary>What has come of a new program is no longer wanted.</summary>
        public void Forget() => _intake.Forget();

        /// <summary>Takes the next piece; with the last one the program is checked, stored and run from then on, or refused.</summary>
        public RefusalReason Take(byte[] frame)
        {
            Detail = 0;
            if (!_seal.HasKey)
            {
                return Refuse(ProgramFlaw.NoKey, 0);
            }

            ProgramFlaw flaw = _intake.Take(frame);
            ValueSet = _intake.ValueSet;
            if (flaw != ProgramFlaw.None)
            {
                return Refuse(flaw, ValueSet);
            }

            if (!_intake.HasGrown || !_intake.IsWhole)
            {
                return RefusalReason.Accepted;
            }

            int length = _intake.Length;
            Forget();
            return Deploy(length);
        }

        private RefusalReason Deploy(int length)
        {
            ProgramLayout layout = new ProgramLayout();
            RefusalReason verdict = Judge(length, layout);
            if (verdict != RefusalReason.Accepted)
            {
                return verdict;
            }

            int slot = _slots.Store(length);
            if (slot < 0)
            {
                return Refuse(ProgramFlaw.Storage, 0);
            }

            Run(slot, layout);
            return RefusalReason.Accepted;
        }

        private void Load(int slot)
        {
            if (slot < 0)
            {
                return;
            }

            int length = _slots.Read(slot);
            ProgramLayout layout = new ProgramLayout();
            if (length > 0 && Judge(length, layout) == RefusalReason.Accepted)
            {
                Run(slot, layout);
            }
        }

        private void Run(int slot, ProgramLayout layout)
        {
            // The slot first: if memory is short, the next start finds the new program.
            _slots.Use(slot);
            Active = null;
            Active = new DeployedProgram(_buffer, layout);
            Loads++;
        }

        /// <summary>Whole, sealed by our key, a program, and one for this board: in this order, so that nothing is read that nobody vouches for.</summary>
        private RefusalReason Judge(int length, ProgramLayout layout)
        {
            RefusalReason verdict = _seal.Check(_buffer, length, ProgramHeader.Bytes);
            if (verdict != RefusalReason.Accepted)
            {
                return verdict == RefusalReason.ProgramRefused ? Refuse(_seal.Flaw, 0) : verdict;
            }

            ProgramFlaw flaw = layout.Read(_buffer, length);
            if (flaw != ProgramFlaw.None)
            {
                return Refuse(flaw, flaw == ProgramFlaw.Format ? ProgramHeader.Format : 0u);
            }

            flaw = _check.Check(_buffer, layout);
            return flaw == ProgramFlaw.None ? RefusalReason.Accepted : Refuse(flaw, _check.Possible);
        }

        private RefusalReason Refuse(ProgramFlaw flaw, uint possible)
        {
            Detail = (uint)flaw;
            ValueSet = possible;
            return RefusalReason.ProgramRefused;
        }
    }
}
