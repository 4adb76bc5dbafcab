using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Core.Storage;
using PnnEdge.Firmware.Core.Update;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Firmware.Core.Loop
{
    /// <summary>Every frame the device sends but measurements, built in one buffer allocated at start.</summary>
    public sealed class Outbox
    {
        private readonly byte[] _frame;
        private readonly byte[] _controlReply = new byte[FrameHeader.Bytes + ReplyFrame.PayloadBytes];
        private readonly Board _board;
        private readonly IMessageLink _link;
        private readonly IDeviceClock _clock;
        private readonly ICrc32 _crc;
        private readonly DeviceStatus _status;
        private readonly KeptCount _epochs;
        private readonly RefusalCounters _counters;
        private readonly IBoardHealth _health;
        private readonly BootInfo _boot;

        public Outbox(
            Board board, IMessageLink link, IDeviceClock clock, ICrc32 crc, DeviceStatus status, KeptCount epochs,
            RefusalCounters counters, IBoardHealth health, BootInfo boot)
        {
            _board = board;
            _link = link;
            _clock = clock;
            _crc = crc;
            _status = status;
            _epochs = epochs;
            _counters = counters;
            _health = health;
            _boot = boot;
            _frame = new byte[FrameHeader.Bytes + LongestPayloadBytes(board.Channels.Length)];
        }

        /// <summary>Of everything that is built in <see cref="_frame"/>: hello is the longest as soon as there are channels.</summary>
        private static int LongestPayloadBytes(int channels)
        {
            int hello = BirthCertificate.FixedBytes + (2 * BirthCertificate.MaxTextBytes) + (channels * ChannelRecord.RecordBytes);
            int fault = FaultReport.FixedBytes + FaultReport.MaxTextBytes;
            int others = Heartbeat.PayloadBytes > fault ? Heartbeat.PayloadBytes : fault;
            return hello > others ? hello : others;
        }

        /// <summary>False when the link did not take it.</summary>
        public bool SendHello()
        {
            BirthCertificate hello = new BirthCertificate
            {
                ProtocolHash = Protocol.Hash,
                ProtocolNumber = Protocol.Version,
                State = _status.State,
                UnitSerial = _board.UnitSerial,
                Epoch = _epochs.Newest,
                MaxFrameBytes = (uint)_board.MaxFrameBytes,
                StimulusBufferBytes = (uint)_board.MaxFrameBytes,
                MeasurementBufferBytes = (uint)_board.MaxFrameBytes,
                Window = _board.Window(),
                ParameterSets = _board.ParameterSets,
                MaxLeaseMillis = (uint)_board.MaxLeaseMillis,
                LongestTransferMillis = (uint)_board.LongestTransferMillis,
                RateJitterNanos = _board.RateJitterNanos,
                HeartbeatMillis = (uint)_board.HeartbeatMillis,
                LagSamples = (uint)_board.LagSamples,
                Simulated = _board.Simulated,
                Boot = _boot.State,
                Board = _board.Name,
                FirmwareVersion = _board.FirmwareVersion,
                Channels = _board.Channels,
            };
            WriteHeader(_frame, FrameKind.Hello, 0, 0);
            return SealAndSend(_frame, hello.Write(_frame));
        }

        /// <summary>What is latched, if anything is; false when the link did not take it.</summary>
        public bool SendFault()
        {
            if (_status.Fault == null)
            {
                return true;
            }

            WriteHeader(_frame, FrameKind.Fault, 0, 0);
            return SealAndSend(_frame, _status.Fault.Write(_frame));
        }

        public void SendHeartbeat(long nowMillis)
        {
            WriteHeader(_frame, FrameKind.Heartbeat, 0, 0);
            Heartbeat.Write(
                _frame, (ulong)nowMillis, _health.FreeMemoryBytes(), _health.TemperatureMilliCelsius(), _status.State,
                _counters.BlocksPlayed, _counters.ShotsPlayed, _counters.RepeatsAnswered, _counters.ByReason);
            SealAndSend(_frame, Heartbeat.PayloadBytes);
        }

        /// <summary>Answers <paramref name="request"/>; the answer to a control frame is kept for its repeat.</summary>
        public void Reply(byte[] request, RefusalReason reason, uint valueSet, uint detail)
        {
            FrameKind answered = FrameHeader.Kind(request);
            bool isControl = answered != FrameKind.Stimulus && answered != FrameKind.InferRequest && reason == RefusalReason.Accepted;
            byte[] frame = isControl ? _controlReply : _frame;
            CommandCode command = answered == FrameKind.Command ? CommandFrame.Code(request) : CommandCode.None;
            WriteHeader(frame, FrameKind.Reply, FrameHeader.RunId(request), FrameHeader.Sequence(request));
            FrameHeader.WriteParameters(frame, FrameHeader.ParameterVersion(request), FrameHeader.ParameterHash(request));
            ReplyFrame.Write(frame, answered, command, reason, _status.State, FrameHeader.Sequence(request), valueSet, detail);
            SealAndSend(frame, ReplyFrame.PayloadBytes);
        }

        /// <summary>The newest control frame came again: the same answer, with the clock of now.</summary>
        public void RepeatControlReply()
        {
            Bytes.PutUInt32(_controlReply, FrameHeader.DeviceMillisAt, (uint)_clock.Millis());
            SealAndSend(_controlReply, ReplyFrame.PayloadBytes);
        }

        /// <summary>Header and CRC of a measurement built in its cache slot; returns the frame's length, bytes.</summary>
        public int SealMeasurement(byte[] frame, byte[] request, int payloadBytes)
        {
            WriteHeader(frame, FrameKind.Measurement, FrameHeader.RunId(request), FrameHeader.Sequence(request));
            FrameHeader.WriteParameters(frame, FrameHeader.ParameterVersion(request), FrameHeader.ParameterHash(request));
            return FrameHeader.Seal(frame, payloadBytes, _crc);
        }

        /// <summary>Header and CRC of an answer of the deployed program; returns the frame's length, bytes.</summary>
        public int SealInferResult(byte[] frame, uint sequence, int payloadBytes)
        {
            WriteHeader(frame, FrameKind.InferResult, 0, sequence);
            return FrameHeader.Seal(frame, payloadBytes, _crc);
        }

        /// <summary>False when the link did not take it.</summary>
        public bool SendInferResult(byte[] frame, uint sequence, int payloadBytes) =>
            _link.Send(frame, 0, SealInferResult(frame, sequence, payloadBytes));

        public void SendCached(byte[] frame, int length) => _link.Send(frame, 0, length);

        private void WriteHeader(byte[] frame, FrameKind kind, uint runId, uint sequence) =>
            FrameHeader.Write(frame, kind, _epochs.Newest, runId, sequence, _status.BootId, (uint)_clock.Millis());

        private bool SealAndSend(byte[] frame, int payloadBytes) => _link.Send(frame, 0, FrameHeader.Seal(frame, payloadBytes, _crc));
    }
}
