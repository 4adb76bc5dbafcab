using PnnEdge.Firmware.Core.Run;
using PnnEdge.Firmware.Core.Safety;
using PnnEdge.Firmware.Core.Storage;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Firmware.Core.Loop
{
    /// <summary>Plans, parameter sets, pieces of programs and packages, and commands: one ascending sequence, the newest answered again when it is repeated.</summary>
    public sealed class ControlPlane
    {
        private readonly Board _board;
        private readonly DeviceStatus _status;
        private readonly KeptCount _epochs;
        private readonly Lease _lease;
        private readonly OutputGuard _guard;
        private readonly RunPlayer _player;
        private readonly RunPlans _plans;
        private readonly ActuatorSets _sets;
        private readonly CargoDesk _cargo;
        private readonly Outbox _outbox;
        private readonly ICrc32 _crc;
        private uint _newest;
        private uint _newestHead;
        private uint _newestPayload;

        /// <summary>What was really set or would have been possible; valid after <see cref="Handle"/>.</summary>
        public uint ValueSet;

        /// <summary>Meaning by reason: see WIRE.md; valid after <see cref="Handle"/>.</summary>
        public uint Detail;

        public ControlPlane(
            Board board, DeviceStatus status, KeptCount epochs, Lease lease, OutputGuard guard, RunPlayer player, RunPlans plans, ActuatorSets sets,
            CargoDesk cargo, Outbox outbox, ICrc32 crc)
        {
            _board = board;
            _status = status;
            _epochs = epochs;
            _lease = lease;
            _guard = guard;
            _player = player;
            _plans = plans;
            _sets = sets;
            _cargo = cargo;
            _outbox = outbox;
            _crc = crc;
        }

        /// <summary>Obeys an admitted frame and answers it, or says why not.</summary>
        public RefusalReason Handle(byte[] frame, long nowMillis)
        {
            ValueSet = 0;
            Detail = 0;
            if (Admission.IsIdentify(frame))
            {
                _outbox.SendHello();
                _outbox.SendFault();
                return RefusalReason.Accepted;
            }

            // Arm and clear are guarded by the epoch they name; they open a new count.
            FrameKind kind = FrameHeader.Kind(frame);
            CommandCode command = kind == FrameKind.Command ? CommandFrame.Code(frame) : CommandCode.None;
            if (command == CommandCode.Arm)
            {
                return Answer(frame, Arm(frame, nowMillis));
            }

            if (command == CommandCode.ClearFault)
            {
                return Answer(frame, ClearFault(frame));
            }

            uint sequence = FrameHeader.Sequence(frame);
            uint head = _crc.Compute(frame, FrameHeader.KindAt, FrameHeader.DeviceMillisAt - FrameHeader.KindAt);
            uint payload = _crc.Compute(frame, FrameHeader.Bytes, FrameHeader.PayloadLength(frame));
            if (sequence != 0 && sequence == _newest && head == _newestHead && payload == _newestPayload)
            {
                _outbox.RepeatControlReply();
                return RefusalReason.Accepted;
            }

            if (sequence <= _newest)
            {
                Detail = _newest;
                return RefusalReason.StaleSequence;
            }

            RefusalReason verdict = HandleLeased(frame, kind, command, payload, nowMillis);
            if (verdict == RefusalReason.Accepted)
            {
                _newest = sequence;
                _newestHead = head;
                _newestPayload = payload;
            }

            return Answer(frame, verdict);
        }

        private RefusalReason Answer(byte[] frame, RefusalReason verdict)
        {
            if (verdict == RefusalReason.Accepted)
            {
                _outbox.Reply(frame, verdict, ValueSet, Detail);
            }

            return verdict;
        }

        private RefusalReason HandleLeased(byte[] frame, FrameKind kind, CommandCode command, uint payloadHash, long nowMillis)
        {
            if (kind == FrameKind.Command)
            {
                return RenewOrDisarm(frame, command, nowMillis);
            }

            RefusalReason verdict;
            switch (kind)
            {
                case FrameKind.Plan:
                    verdict = _plans.Take(frame);
                    ValueSet = _plans.ValueSet;
                    Detail = _plans.Detail;
                    break;
                case FrameKind.Program:
                    verdict = _cargo.Take(frame);
                    ValueSet = _cargo.ValueSet;
                    Detail = _cargo.Detail;
                    break;
                default:
                    verdict = _sets.Take(frame, payloadHash);
                    ValueSet = (uint)_sets.Count;
                    Detail = _sets.Detail;
                    break;
            }

            if (verdict == RefusalReason.Accepted)
            {
                _lease.Extend(nowMillis);
            }

            return verdict;
        }

        private RefusalReason RenewOrDisarm(byte[] frame, CommandCode command, long nowMillis)
        {
            if (CommandFrame.Holder(frame) != _lease.Holder)
            {
                Detail = (uint)_lease.LeftMillis(nowMillis);
                return RefusalReason.LeaseHeld;
            }

            if (command == CommandCode.Disarm)
            {
                _guard.StandDown(LinkEvent.Disarmed, _status.IsAnnounced);
                return Faulted() ? RefusalReason.Faulted : RefusalReason.Accepted;
            }

            ValueSet = (uint)LeaseMillis(CommandFrame.Argument(frame));
            _lease.Grant(_lease.Holder, (int)ValueSet, nowMillis);
            return RefusalReason.Accepted;
        }

        private RefusalReason Arm(byte[] frame, long nowMillis)
        {
            uint holder = CommandFrame.Holder(frame);
            if (_lease.IsHeld && _lease.Holder != holder)
            {
                Detail = (uint)_lease.LeftMillis(nowMillis);
                return RefusalReason.LeaseHeld;
            }

            // The epoch is on flash before anybody may use it: a device that forgets one could obey an old frame.
            if (!_epochs.Raise())
            {
                _guard.RaiseFault(FaultCode.StorageFailed, 0, 0f, 0f, _epochs.Failure);
                Faulted();
                return RefusalReason.Faulted;
            }

            _player.ForgetRun();
            _cargo.Forget();
            _newest = 0;
            ValueSet = (uint)LeaseMillis(CommandFrame.Argument(frame));
            _lease.Grant(holder, (int)ValueSet, nowMillis);
            _status.Move(LinkEvent.LeaseGranted);
            return RefusalReason.Accepted;
        }

        private RefusalReason ClearFault(byte[] frame)
        {
            Faulted();
            if (!HasWords(frame) || !_guard.MayClear())
            {
                // No reason given, or its cause still stands.
                return RefusalReason.WrongState;
            }

            if (_guard.MakeSafe() != FaultCode.None || !_epochs.Raise())
            {
                return RefusalReason.Faulted;
            }

            _newest = 0;
            Detail = 0;
            _guard.Clear();
            return RefusalReason.Accepted;
        }

        /// <summary>True in Fault, with its code as the detail.</summary>
        private bool Faulted()
        {
            if (_status.Fault == null)
            {
                return false;
            }

            Detail = (uint)_status.Fault.Code;
            return true;
        }

        private static bool HasWords(byte[] frame)
        {
            int end = CommandFrame.TextAt + FrameHeader.PayloadLength(frame) - CommandFrame.FixedBytes;
            for (int i = CommandFrame.TextAt; i < end; i++)
            {
                if (frame[i] > (byte)' ')
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>At least four longest transfers, so that no transfer outlives a quarter of it; at most the board's longest.</summary>
        private int LeaseMillis(uint asked)
        {
            int least = _board.MinLeaseMillis();
            return asked < (uint)least ? least : asked > (uint)_board.MaxLeaseMillis ? _board.MaxLeaseMillis : (int)asked;
        }
    }
}
