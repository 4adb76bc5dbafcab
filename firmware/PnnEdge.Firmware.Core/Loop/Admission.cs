using PnnEdge.Firmware.Core.Safety;
using PnnEdge.Firmware.Core.Storage;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Loop
{
    /// <summary>May this well-formed frame be obeyed at all? Direction, origin, time, epoch, state; content comes after.</summary>
    public sealed class Admission
    {
        private readonly DeviceStatus _status;
        private readonly KeptCount _epochs;
        private readonly Lease _lease;

        /// <summary>What would have been possible; valid after a refusal.</summary>
        public uint Detail;

        public Admission(DeviceStatus status, KeptCount epochs, Lease lease)
        {
            _status = status;
            _epochs = epochs;
            _lease = lease;
        }

        public static bool IsIdentify(byte[] frame) =>
            FrameHeader.Kind(frame) == FrameKind.Command && CommandFrame.Code(frame) == CommandCode.Identify;

        public RefusalReason Check(byte[] frame, bool retained, long now)
        {
            Detail = 0;
            uint nowMillis = (uint)now;
            if (!FrameCheck.IsForDevice(FrameHeader.Kind(frame)))
            {
                return RefusalReason.WrongDirection;
            }

            if (retained)
            {
                return RefusalReason.Retained;
            }

            if (IsIdentify(frame))
            {
                return RefusalReason.Accepted;
            }

            if (FrameHeader.BootId(frame) != _status.BootId)
            {
                Detail = _status.BootId;
                return RefusalReason.WrongBoot;
            }

            int left = DeviceTime.Since(FrameHeader.DeviceMillis(frame), nowMillis);
            if (left < 0)
            {
                Detail = nowMillis;
                return RefusalReason.Expired;
            }

            if (left > Protocol.MaxDeadlineMillis)
            {
                Detail = nowMillis;
                return RefusalReason.DeadlineTooFar;
            }

            if (FrameHeader.Epoch(frame) != _epochs.Newest)
            {
                Detail = _epochs.Newest;
                return RefusalReason.WrongEpoch;
            }

            return CheckState(frame, now);
        }

        private RefusalReason CheckState(byte[] frame, long now)
        {
            CommandCode command = FrameHeader.Kind(frame) == FrameKind.Command ? CommandFrame.Code(frame) : CommandCode.None;
            if (command == CommandCode.ClearFault)
            {
                return _status.State == LinkState.Fault ? RefusalReason.Accepted : RefusalReason.WrongState;
            }

            if (_status.State == LinkState.Fault)
            {
                Detail = (uint)_status.Fault.Code;
                return RefusalReason.Faulted;
            }

            if (command == CommandCode.Arm)
            {
                return LinkStateTable.Next(_status.State, LinkEvent.LeaseGranted) == LinkState.Unlisted
                    ? RefusalReason.WrongState
                    : RefusalReason.Accepted;
            }

            if (FrameHeader.Kind(frame) == FrameKind.InferRequest)
            {
                return CheckInference(now);
            }

            return _status.State == LinkState.Armed ? RefusalReason.Accepted : RefusalReason.NotArmed;
        }

        /// <summary>It drives outputs only through the deployed program and needs no lease; but while somebody has one, they are that host's.</summary>
        private RefusalReason CheckInference(long now)
        {
            if (!_lease.IsHeld)
            {
                return RefusalReason.Accepted;
            }

            Detail = (uint)_lease.LeftMillis(now);
            return RefusalReason.LeaseHeld;
        }
    }
}
