using System;
using PnnEdge.Firmware.Core.Loop;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Core.Safety;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Firmware.Core.Inference
{
    /// <summary>When the program runs: for a request, or on its timer from the local input; and where its answers go.</summary>
    public sealed class InferencePlane
    {
        private readonly Board _board;
        private readonly ProgramShelf _shelf;
        private readonly ProgramRunner _runner;
        private readonly OutputGuard _guard;
        private readonly DeviceStatus _status;
        private readonly Outbox _outbox;
        private readonly RefusalCounters _counters;
        private readonly IDeviceClock _clock;
        private readonly ICrc32 _crc;
        private readonly ILocalInput _input;
        private readonly DialTurn _turn;
        private uint _seenLoads;
        private KeptResults _kept;
        private byte[] _answer;
        private byte[] _local;
        private int _answerLength;
        private uint _answeredEpoch;
        private uint _answeredSequence;
        private uint _answeredHash;
        private ulong _answers;
        private uint _locals;
        private long _nextLocalMillis;

        /// <summary>Meaning by reason: see WIRE.md; valid after a refusal.</summary>
        public uint Detail;

        /// <summary>The newest answer's payload behind a header's room; null before the first.</summary>
        public byte[] Newest;

        /// <param name="input">Null on a board that has none: then programs run for requests only.</param>
        /// <param name="turn">Begun here, ended here; by the loop after an exception, once it has made the outputs safe.</param>
        public InferencePlane(
            Board board, ProgramShelf shelf, ProgramRunner runner, OutputGuard guard, DeviceStatus status, Outbox outbox, RefusalCounters counters,
            IDeviceClock clock, ICrc32 crc, ILocalInput input, DialTurn turn)
        {
            _board = board;
            _shelf = shelf;
            _runner = runner;
            _guard = guard;
            _status = status;
            _outbox = outbox;
            _counters = counters;
            _clock = clock;
            _crc = crc;
            _input = input;
            _turn = turn;
            SeeProgram();
        }

        /// <summary>Answers since the program was loaded.</summary>
        public ulong Answers => _answers;

        /// <summary>Null when there is none.</summary>
        public DeployedProgram Program => _shelf.Active;

        /// <summary>Changes with every program.</summary>
        public uint Loads => _shelf.Loads;

        public int Kept => _kept == null ? 0 : _kept.Count;

        /// <summary>Runs the program for an admitted request and answers it, or says why not.</summary>
        public RefusalReason Handle(byte[] frame)
        {
            Detail = 0;
            SeeProgram();
            DeployedProgram program = _shelf.Active;
            if (program == null)
            {
                return RefusalReason.NoProgram;
            }

            uint hash = _crc.Compute(frame, FrameHeader.Bytes, FrameHeader.PayloadLength(frame));
            uint sequence = FrameHeader.Sequence(frame);
            if (_answerLength != 0 && sequence == _answeredSequence && hash == _answeredHash && FrameHeader.Epoch(frame) == _answeredEpoch)
            {
                _counters.RepeatsAnswered++;
                _outbox.SendCached(_answer, _answerLength);
                return RefusalReason.Accepted;
            }

            if (InferRequest.Count(frame) != program.Features.Length)
            {
                Detail = (uint)program.Features.Length;
                return RefusalReason.WrongLength;
            }

            for (int i = 0; i < program.Features.Length; i++)
            {
                program.Features[i] = InferRequest.Feature(frame, i);
            }

            if (!_turn.BeginRun(_clock.Millis()))
            {
                // It came over a connection that is gone.
                return RefusalReason.WrongState;
            }

            _answerLength = 0;
            RefusalReason verdict = Run(_answer, InferSource.Request);
            _turn.EndRun();
            if (verdict == RefusalReason.Accepted)
            {
                _answeredEpoch = FrameHeader.Epoch(frame);
                _answeredSequence = sequence;
                _answeredHash = hash;
                _answerLength = _outbox.SealInferResult(_answer, sequence, InferResult.PayloadBytes(program.Scores.Length));
                _outbox.SendCached(_answer, _answerLength);
            }

            return verdict;
        }

        /// <summary>The timer, and what the link has not taken yet.</summary>
        public void Serve(long nowMillis)
        {
            SeeProgram();
            DeployedProgram program = _shelf.Active;
            if (program == null)
            {
                return;
            }

            if (IsDue(program, nowMillis) && _turn.BeginRun(nowMillis))
            {
                _nextLocalMillis = nowMillis + program.TimerMillis;
                RunLocal();
                _turn.EndRun();
            }

            if (_status.IsAnnounced && _kept.Count > 0 && _outbox.SendInferResult(_kept.Oldest(), _kept.OldestSequence(), InferResult.PayloadBytes(program.Scores.Length)))
            {
                _kept.DropOldest();
            }
        }

        /// <summary>Nobody holds the outputs, and there is something to look at.</summary>
        private bool IsDue(DeployedProgram program, long nowMillis) =>
            _input != null && program.TimerMillis > 0 && _board.KeptResults > 0 && nowMillis >= _nextLocalMillis &&
            (_status.State == LinkState.Idle || _status.State == LinkState.Safe);

        private void RunLocal()
        {
            if (!_input.Read(_shelf.Active.Features))
            {
                return;
            }

            // Into memory of its own first: an answer that does not come must not cost the oldest that is kept.
            RefusalReason verdict = Run(_local, InferSource.Timer);
            if (verdict != RefusalReason.Accepted)
            {
                _counters.Add(verdict);
                return;
            }

            byte[] kept = _kept.Add(++_locals);
            Array.Copy(_local, 0, kept, 0, kept.Length);
        }

        /// <summary>One answer, and the outputs safe again whatever came of it.</summary>
        private RefusalReason Run(byte[] answer, InferSource source)
        {
            if (!_status.Move(LinkEvent.ProgramStarted))
            {
                return RefusalReason.WrongState;
            }

            DeployedProgram program = _shelf.Active;
            RefusalReason verdict = ProgramAnswer.AreFinite(program.Features) ? _runner.Run(program, _answers) : RefusalReason.NotFinite;
            Detail = _runner.Detail;
            if (_runner.Failure != FaultCode.None)
            {
                _guard.RaiseFault(_runner.Failure, _runner.FailedActuator, 0f, 0f, "the deployed program could not be run");
            }
            else if (_status.State != LinkState.Fault)
            {
                _guard.StandDown(LinkEvent.ProgramEnded, _status.IsAnnounced);
            }

            if (verdict == RefusalReason.Accepted && _status.State == LinkState.Fault)
            {
                // The outputs did not read back safe: an answer with that is none.
                Detail = (uint)_status.Fault.Code;
                verdict = RefusalReason.Faulted;
            }

            if (verdict == RefusalReason.Accepted)
            {
                _answers++;
                ProgramAnswer.Write(answer, program);
                InferResult.WriteHealth(answer, source, _runner.Layer.Clamped, _runner.Layer.Saturated, (uint)_clock.Millis(), _runner.RunMicros);
                Newest = answer;
            }

            return verdict;
        }

        /// <summary>A program that was deployed meanwhile: memory of its own for its answers.</summary>
        private void SeeProgram()
        {
            if (_seenLoads == _shelf.Loads)
            {
                return;
            }

            _seenLoads = _shelf.Loads;
            int frameBytes = FrameHeader.Bytes + InferResult.PayloadBytes(_shelf.Active.Scores.Length);
            _answer = new byte[frameBytes];
            _local = new byte[frameBytes];
            _kept = new KeptResults(_board.KeptResults, frameBytes);
            _answerLength = 0;
            _answers = 0;
            _nextLocalMillis = _clock.Millis();
            Newest = null;
        }
    }
}
