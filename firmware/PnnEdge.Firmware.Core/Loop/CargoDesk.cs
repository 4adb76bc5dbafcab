using PnnEdge.Firmware.Core.Inference;
using PnnEdge.Firmware.Core.Update;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Loop
{
    /// <summary>Pieces to the shelf that their whole is for; a board may have either, both or none.</summary>
    public sealed class CargoDesk
    {
        private readonly ProgramShelf _programs;
        private readonly UpdateShelf _updates;

        /// <param name="programs">Null on a board that takes none.</param>
        /// <param name="updates">Null on a board that takes none.</param>
        public CargoDesk(ProgramShelf programs, UpdateShelf updates)
        {
            _programs = programs;
            _updates = updates;
        }

        /// <summary>Bytes held, or what would be possible; valid after <see cref="Take"/>.</summary>
        public uint ValueSet { get; private set; }

        /// <summary>Meaning by reason: see WIRE.md; valid after a refusal.</summary>
        public uint Detail { get; private set; }

        /// <summary>A new epoch: half a program is no longer wanted. Half a package is: it takes longer than a connection may hold.</summary>
        public void Forget()
        {
            if (_programs != null)
            {
                _programs.Forget();
            }
        }

        public RefusalReason Take(byte[] frame)
        {
            RefusalReason verdict = RefusalReason.ProgramRefused;
            Detail = (uint)ProgramFlaw.TooLong;
            ValueSet = 0;
            if (ProgramChunk.Cargo(frame) == ProgramCargo.Firmware)
            {
                if (_updates != null)
                {
                    verdict = _updates.Take(frame);
                    ValueSet = _updates.ValueSet;
                    Detail = _updates.Detail;
                }
            }
            else if (_programs != null)
            {
                verdict = _programs.Take(frame);
                ValueSet = _programs.ValueSet;
                Detail = _programs.Detail;
            }

            return verdict;
        }
    }
}
