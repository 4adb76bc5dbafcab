using System;
using System.Text;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Core.Storage;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Ports;
using PnnEdge.Wire.Programs;

namespace PnnEdge.Firmware.Core.Update
{
    /// <summary>
    /// The loader's decision: the newest package that is whole, ours, and confirmed or not given up yet; else the one before it; else what was flashed. A
    /// start that is not confirmed yet is counted before it is made, so that one that never comes back counts, too.
    /// </summary>
    public sealed class BootChooser
    {
        /// <summary>Starts without confirmation after which a package is given up.</summary>
        public const int MostTries = 3;

        private readonly Board _board;
        private readonly IStorage _storage;
        private readonly ICrc32 _crc;
        private readonly PackageCheck _check;
        private readonly uint _flashed;
        private readonly FirmwareLayout _layout = new FirmwareLayout();

        /// <param name="board">Name, longest package, and the version of what was flashed.</param>
        public BootChooser(Board board, IStorage storage, ICrc32 crc, IMac mac)
        {
            byte[] flashed = Encoding.UTF8.GetBytes(board.FirmwareVersion);
            _flashed = crc.Compute(flashed, 0, flashed.Length);
            _board = board;
            _storage = storage;
            _crc = crc;
            _check = new PackageCheck(board.Name, new SealCheck(crc, new DeviceKey(storage, crc, mac)));
        }

        /// <summary>What to start of the package that was chosen; null for what was flashed.</summary>
        public FirmwareLayout Package { get; private set; }

        /// <summary>Never throws: what cannot be read is not started.</summary>
        public BootInfo Choose()
        {
            Package = null;
            if (_board.UpdateBytes == 0)
            {
                return BootInfo.Factory(false);
            }

            try
            {
                return ChooseSlot();
            }
            catch (Exception)
            {
                // Too little memory for a package, or storage that fails in the middle: what was flashed needs neither.
                Package = null;
                return BootInfo.Factory(false);
            }
        }

        /// <summary>The interpreter did not take the chosen package. One that was confirmed is on trial again: what it was built against may be gone.</summary>
        public void Doubt(BootInfo boot)
        {
            if (boot.IsConfirmed && !boot.IsFactory)
            {
                new BootRecord(_storage, _crc).CountTry(boot.Slot, boot.Generation, _flashed);
            }
        }

        private BootInfo ChooseSlot()
        {
            byte[] buffer = new byte[_board.UpdateBytes + TwinSlots.TrailBytes];
            TwinSlots slots = new TwinSlots(UpdateShelf.RecordName, _storage, _crc, buffer);
            BootRecord record = new BootRecord(_storage, _crc);
            if (record.Flashed != 0 && record.Flashed != _flashed && !record.PutAside(slots.Generation(0), slots.Generation(1), _flashed))
            {
                return BootInfo.Factory(false);
            }

            bool hasGivenUp = false;
            for (int age = 0; age < TwinSlots.Count; age++)
            {
                int slot = slots.ByAge(age);
                int length = slot < 0 ? 0 : slots.Read(slot);
                if (length <= 0 || _check.Check(buffer, length, _layout) != RefusalReason.Accepted)
                {
                    continue;
                }

                uint generation = slots.Generation(slot);
                bool isConfirmed = record.IsConfirmed(slot, generation);
                if (!isConfirmed && record.Tries(slot, generation) >= MostTries)
                {
                    hasGivenUp |= !record.IsAside(slot, generation);
                    continue;
                }

                if (isConfirmed || record.CountTry(slot, generation, _flashed))
                {
                    Package = _layout;
                    return new BootInfo(slot, generation, isConfirmed, hasGivenUp);
                }
            }

            return BootInfo.Factory(hasGivenUp);
        }
    }
}
