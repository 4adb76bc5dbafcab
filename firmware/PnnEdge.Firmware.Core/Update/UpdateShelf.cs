using System;
using PnnEdge.Firmware.Core.Loop;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Core.Storage;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Ports;
using PnnEdge.Wire.Programs;

namespace PnnEdge.Firmware.Core.Update
{
    /// <summary>The way of a new firmware: piece by piece into memory, checked, stored where the running one is not, and started at a restart that nobody is driving in.</summary>
    public sealed class UpdateShelf
    {
        public const string RecordName = "firmware";

        /// <summary>For the last answers to leave the device.</summary>
        private const int BeforeRestartMillis = 500;
        private const long Never = -1;

        private readonly Board _board;
        private readonly IStorage _storage;
        private readonly ICrc32 _crc;
        private readonly IRestart _restart;
        private readonly SealCheck _seal;
        private readonly PackageCheck _check;
        private readonly BootTrial _trial;
        private byte[] _buffer;
        private PieceIntake _intake;
        private TwinSlots _slots;
        private bool _isStored;
        private bool _isRestarting;
        private long _undrivenSinceMillis = Never;

        /// <summary>Bytes held of the package that is coming, or what would be possible; valid after <see cref="Take"/>.</summary>
        public uint ValueSet;

        /// <summary>Meaning by reason: see WIRE.md; valid after a refusal.</summary>
        public uint Detail;

        public UpdateShelf(Board board, IStorage storage, ICrc32 crc, IMac mac, BootInfo boot, IRestart restart)
        {
            _board = board;
            _storage = storage;
            _crc = crc;
            _restart = restart;
            Boot = boot;
            _seal = new SealCheck(crc, new DeviceKey(storage, crc, mac));
            _check = new PackageCheck(board.Name, _seal);
            _trial = new BootTrial(boot, storage, crc);
        }

        public BootInfo Boot { get; }

        /// <summary>Takes the next piece; with the last one the package is checked and stored, or refused.</summary>
        public RefusalReason Take(byte[] frame)
        {
            Detail = 0;
            if (!_seal.HasKey)
            {
                return Refuse(ProgramFlaw.NoKey, 0);
            }

            if (_board.UpdateBytes == 0)
            {
                return Refuse(ProgramFlaw.TooLong, 0);
            }

            if (!Boot.IsConfirmed)
            {
                return Refuse(ProgramFlaw.OnTrial, 0);
            }

            if (!HasRoom())
            {
                return Refuse(ProgramFlaw.Memory, 0);
            }

            ProgramFlaw flaw = _intake.Take(frame);
            ValueSet = _intake.ValueSet;
            if (flaw != ProgramFlaw.None)
            {
                return Refuse(flaw, ValueSet);
            }

            if (!_intake.HasGrown)
            {
                return RefusalReason.Accepted;
            }

            _isStored = false;
            return _intake.IsWhole ? Store() : RefusalReason.Accepted;
        }

        /// <summary>
        /// Confirms the firmware that runs once it has proved itself: then true, once. Starts anew when a package waits, or a trial is over, and nobody
        /// drives.
        /// </summary>
        public bool Serve(long nowMillis, DeviceStatus status)
        {
            if (Boot.IsConfirmed && !_isStored)
            {
                return false;
            }

            bool wasConfirmed = Boot.IsConfirmed;
            _trial.Serve(nowMillis, status.IsAnnounced && status.State != LinkState.Fault);
            bool mayRestart = status.State == LinkState.Idle || status.State == LinkState.Safe || (status.State == LinkState.Fault && _trial.IsOver);
            bool isDue = (_isStored || _trial.IsOver) && mayRestart;
            _undrivenSinceMillis = !isDue ? Never : _undrivenSinceMillis == Never ? nowMillis : _undrivenSinceMillis;
            if (isDue && nowMillis - _undrivenSinceMillis >= BeforeRestartMillis && !_isRestarting)
            {
                _isRestarting = true;
                _restart.Restart();
            }

            return Boot.IsConfirmed && !wasConfirmed;
        }

        /// <summary>Set aside with the first piece: a device needs it once in its firmware's life.</summary>
        private bool HasRoom()
        {
            if (_buffer != null)
            {
                return true;
            }

            try
            {
                _buffer = new byte[_board.UpdateBytes + TwinSlots.TrailBytes];
            }
            catch (Exception)
            {
                return false;
            }

            // What the slots hold is read through the same buffer, before anything comes into it.
            _slots = new TwinSlots(RecordName, _storage, _crc, _buffer);
            _slots.Use(Boot.Slot);
            _intake = new PieceIntake(_buffer, _board.UpdateBytes);
            return true;
        }

        private RefusalReason Store()
        {
            int length = _intake.Length;
            RefusalReason verdict = _check.Check(_buffer, length, new FirmwareLayout());
            if (verdict != RefusalReason.Accepted)
            {
                _intake.Forget();
                return verdict == RefusalReason.ProgramRefused ? Refuse(_check.Flaw, _check.Possible) : verdict;
            }

            if (_slots.Store(length) < 0)
            {
                _intake.Forget();
                return Refuse(ProgramFlaw.Storage, 0);
            }

            _isStored = true;
            return RefusalReason.Accepted;
        }

        private RefusalReason Refuse(ProgramFlaw flaw, uint possible)
        {
            Detail = (uint)flaw;
            ValueSet = possible;
            return RefusalReason.ProgramRefused;
        }
    }
}
