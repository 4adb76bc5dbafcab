using PnnEdge.Firmware.Core.Inference;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Core.Run;
using PnnEdge.Firmware.Core.Safety;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Firmware.Core.Loop
{
    /// <summary>Takes each frame that arrived: checks it, gives it to the part that obeys it, and answers what was refused.</summary>
    public sealed class FrameDesk
    {
        private readonly int _maxFrameBytes;
        private readonly IDeviceClock _clock;
        private readonly ICrc32 _crc;
        private readonly Lease _lease;
        private readonly Admission _admission;
        private readonly RefusalCounters _counters;
        private readonly Outbox _outbox;
        private readonly RunPlayer _player;
        private readonly OutputGuard _guard;
        private readonly ControlPlane _control;
        private readonly InferencePlane _inference;

        /// <param name="inference">Null on a board that takes no program.</param>
        public FrameDesk(
            int maxFrameBytes, IDeviceClock clock, ICrc32 crc, Lease lease, Admission admission, RefusalCounters counters, Outbox outbox,
            RunPlayer player, OutputGuard guard, ControlPlane control, InferencePlane inference)
        {
            _maxFrameBytes = maxFrameBytes;
            _clock = clock;
            _crc = crc;
            _lease = lease;
            _admission = admission;
            _counters = counters;
            _outbox = outbox;
            _player = player;
            _guard = guard;
            _control = control;
            _inference = inference;
        }

        public void Take(byte[] frame, int length, bool retained, long nowMillis)
        {
            RefusalReason verdict = FrameCheck.Open(frame, length, _maxFrameBytes, _crc);
            if (verdict != RefusalReason.Accepted)
            {
                // Bytes that are no frame get no answer: there is nobody to answer.
                _counters.Add(verdict);
                return;
            }

            verdict = _admission.Check(frame, retained, nowMillis);
            uint detail = _admission.Detail;
            uint valueSet = 0;
            if (verdict == RefusalReason.Accepted)
            {
                switch (FrameHeader.Kind(frame))
                {
                    case FrameKind.Stimulus:
                        verdict = Play(frame);
                        detail = _player.Detail;
                        break;
                    case FrameKind.InferRequest:
                        verdict = _inference == null ? RefusalReason.NoProgram : _inference.Handle(frame);
                        detail = _inference == null ? 0u : _inference.Detail;
                        break;
                    default:
                        verdict = _control.Handle(frame, nowMillis);
                        valueSet = _control.ValueSet;
                        detail = _control.Detail;
                        break;
                }
            }

            if (verdict != RefusalReason.Accepted)
            {
                _counters.Add(verdict);
                _outbox.Reply(frame, verdict, valueSet, detail);
            }
        }

        private RefusalReason Play(byte[] frame)
        {
            RefusalReason verdict = _player.Play(frame);
            if (_player.HasPlayed)
            {
                // Not for a repeat: a broker that duplicates could keep a dead host's outputs up.
                _lease.Extend(_clock.Millis());
            }
            else if (_player.Failure != FaultCode.None)
            {
                _guard.RaiseFault(_player.Failure, _player.FailedActuator, _player.FailedAsked, _player.FailedLimit, _player.FailureText());
            }

            return verdict;
        }
    }
}
