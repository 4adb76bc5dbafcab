using PnnEdge.Firmware.Core.Loop;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Core.Safety;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Run
{
    /// <summary>Plays one stimulus block, or says why not. Every check stands before the first word reaches a converter.</summary>
    public sealed class RunPlayer
    {
        private readonly Board _board;
        private readonly IConverters _converters;
        private readonly IDeviceClock _clock;
        private readonly DeviceStatus _status;
        private readonly RefusalCounters _counters;
        private readonly Outbox _outbox;
        private readonly WordLimits _wordLimits;
        private readonly ActuatorBanks _actuators;
        private readonly ParameterStore _parameters;
        private readonly DuplicateCache _cache;
        private readonly LoopWatchdog _watchdog;
        private RunPlan _plan = new RunPlan();
        private RunPlan _asked = new RunPlan();
        private uint _runId;
        private bool _hasPlan;
        private int _appliedSlot;

        /// <summary>Meaning by reason: see WIRE.md; valid after a refusal.</summary>
        public uint Detail;

        /// <summary>What a plan set or could have set; valid after <see cref="TakePlan"/>.</summary>
        public uint ValueSet;

        /// <summary>Did the newest stimulus reach the converters and come back whole? A repeat answered from the cache did not.</summary>
        public bool HasPlayed;

        /// <summary>Not None when playing failed and the device must go to Fault.</summary>
        public FaultCode Failure;

        /// <summary>Index of the actuator that failed, what it was asked for and its upper limit, V; valid after such a failure.</summary>
        public int FailedActuator;
        public float FailedAsked;
        public float FailedLimit;

        public RunPlayer(
            Board board, IConverters converters, IDeviceClock clock, DeviceStatus status, RefusalCounters counters, Outbox outbox,
            LoopWatchdog watchdog)
        {
            _board = board;
            _converters = converters;
            _clock = clock;
            _status = status;
            _counters = counters;
            _outbox = outbox;
            _watchdog = watchdog;
            _wordLimits = new WordLimits(board.OfRole(ChannelRole.Stimulus));
            _actuators = new ActuatorBanks(board.OfRole(ChannelRole.Actuator), converters);
            _parameters = new ParameterStore(board.ParameterSets, board.Count(ChannelRole.Actuator));
            _cache = new DuplicateCache(board.Window(), board.MaxFrameBytes);
            _appliedSlot = ParameterStore.Missing;
        }

        /// <summary>A new epoch starts with no plan, no parameters and no history.</summary>
        public void ForgetRun()
        {
            _hasPlan = false;
            _parameters.Clear();
            _cache.Clear();
            _appliedSlot = ParameterStore.Missing;
        }

        /// <summary>The converters were made safe: what the actuators hold is their safe values.</summary>
        public void OutputsWereMadeSafe()
        {
            _actuators.AtSafeValues();
            _appliedSlot = ParameterStore.Missing;
        }

        public RefusalReason TakePlan(byte[] frame)
        {
            // Read beside the plan in use, so that a refused one changes nothing.
            _asked.Read(frame);
            if (!Fits(_asked))
            {
                return RefusalReason.PlanUnsupported;
            }

            _asked.SampleRateMilliHertz = _converters.SetSampleRate(_asked.SampleRateMilliHertz);

            // The clock that was really set may be slower than asked, and the block longer.
            if (!Fits(_asked))
            {
                if (_hasPlan)
                {
                    _converters.SetSampleRate(_plan.SampleRateMilliHertz);
                }

                return RefusalReason.PlanUnsupported;
            }

            RunPlan replaced = _plan;
            _plan = _asked;
            _asked = replaced;
            _runId = FrameHeader.RunId(frame);
            _hasPlan = true;
            ValueSet = _plan.SampleRateMilliHertz;
            return RefusalReason.Accepted;
        }

        private bool Fits(RunPlan plan)
        {
            PlanLimit limit;
            uint possible;
            bool fits = PlanCheck.Check(_board, plan, out limit, out possible) == RefusalReason.Accepted;
            Detail = (uint)limit;
            ValueSet = possible;
            return fits;
        }

        /// <param name="hash">CRC-32 of the payload as received.</param>
        public RefusalReason TakeParameters(byte[] frame, uint hash)
        {
            Detail = 0;
            ValueSet = (uint)_actuators.Count;
            if (FrameHeader.ParameterHash(frame) != hash)
            {
                Detail = hash;
                return RefusalReason.WrongParameterHash;
            }

            if (ParameterFrame.Count(frame) != _actuators.Count)
            {
                Detail = (uint)_actuators.Count;
                return RefusalReason.WrongLength;
            }

            RefusalReason range = _actuators.CheckRange(frame);
            if (range != RefusalReason.Accepted)
            {
                Detail = (uint)_actuators.RefusedIndex;
                return range;
            }

            uint version = FrameHeader.ParameterVersion(frame);
            int old = _parameters.Find(version);
            if (old != ParameterStore.Missing && _parameters.Hash(old) != hash)
            {
                // One version, one meaning: otherwise an answer could not say which set it was played with.
                Detail = _parameters.Hash(old);
                return RefusalReason.WrongParameterHash;
            }

            if (old == ParameterStore.Missing)
            {
                int slot = _parameters.Put(version, hash, frame);
                if (slot == _appliedSlot)
                {
                    _appliedSlot = ParameterStore.Missing;
                }
            }

            return RefusalReason.Accepted;
        }

        public RefusalReason Play(byte[] frame)
        {
            Detail = 0;
            HasPlayed = false;
            Failure = FaultCode.None;
            uint sequence = FrameHeader.Sequence(frame);
            int cached = _cache.Find(sequence);
            if (cached != DuplicateCache.Missing)
            {
                return AnswerFromCache(frame, cached);
            }

            if (sequence <= _cache.Newest)
            {
                Detail = _cache.Newest;
                return RefusalReason.StaleSequence;
            }

            RefusalReason verdict = CheckAgainstPlan(frame);
            if (verdict != RefusalReason.Accepted)
            {
                return verdict;
            }

            int slot = _parameters.Find(FrameHeader.ParameterVersion(frame));
            verdict = CheckContent(frame, slot);
            return verdict == RefusalReason.Accepted ? PlayChecked(frame, sequence, slot) : verdict;
        }

        /// <summary>What <see cref="Failure"/> was, in words.</summary>
        public string FailureText()
        {
            switch (Failure)
            {
                case FaultCode.WatchdogLate: return "the loop came round too late while a block was played";
                case FaultCode.ActuatorReadback: return "actuator " + _actuators.NameOf(FailedActuator) + " did not take its value";
                default: return "the converters failed while a block was played";
            }
        }

        private RefusalReason AnswerFromCache(byte[] frame, int slot)
        {
            if (!_cache.Answers(slot, frame))
            {
                return RefusalReason.FrameIdReused;
            }

            _counters.RepeatsAnswered++;
            _outbox.SendCached(_cache.Frame(slot), _cache.Length(slot));
            return RefusalReason.Accepted;
        }

        private RefusalReason CheckAgainstPlan(byte[] frame)
        {
            if (!_hasPlan)
            {
                return RefusalReason.NoPlan;
            }

            if (FrameHeader.RunId(frame) != _runId)
            {
                Detail = _runId;
                return RefusalReason.WrongRun;
            }

            int shots = StimulusBlock.Shots(frame);
            if (shots > _plan.ShotsPerBlock || FrameHeader.PayloadLength(frame) != StimulusBlock.PayloadBytes(shots, _plan.StimulusWords))
            {
                Detail = (uint)_plan.StimulusWords;
                return RefusalReason.WrongLength;
            }

            return RefusalReason.Accepted;
        }

        private RefusalReason CheckContent(byte[] frame, int slot)
        {
            if (slot == ParameterStore.Missing)
            {
                return RefusalReason.UnknownParameters;
            }

            if (_parameters.Hash(slot) != FrameHeader.ParameterHash(frame))
            {
                Detail = _parameters.Hash(slot);
                return RefusalReason.WrongParameterHash;
            }

            RefusalReason verdict = _actuators.CheckStep(_parameters.Volts(slot));
            if (verdict != RefusalReason.Accepted)
            {
                Detail = ReplyFrame.ActuatorDetailFlag | (uint)_actuators.RefusedIndex;
                return verdict;
            }

            verdict = _wordLimits.Check(frame, StimulusBlock.CodesAt, StimulusBlock.Shots(frame), _plan.StimulusWords, _plan.RestSamples);
            Detail = verdict == RefusalReason.Accepted ? 0u : (uint)_wordLimits.RefusedWord;
            return verdict;
        }

        private RefusalReason PlayChecked(byte[] frame, uint sequence, int slot)
        {
            int cacheSlot = _cache.SlotFor(sequence);
            byte[] answer = _cache.Begin(cacheSlot);
            int shots = StimulusBlock.Shots(frame);
            _status.Move(LinkEvent.BlockStarted);
            if (slot != _appliedSlot && !Apply(_parameters.Volts(slot)))
            {
                return RefusalReason.Faulted;
            }

            _appliedSlot = slot;
            long startMicros = _clock.Micros();
            int flags = _watchdog.HasBitten()
                ? 0
                : _converters.Play(_plan, StimulusBlock.FirstShot(frame), shots, frame, StimulusBlock.CodesAt, answer, MeasurementBlock.CodesAt);
            uint playMicros = (uint)(_clock.Micros() - startMicros);
            if (HasFailed(flags))
            {
                return RefusalReason.Faulted;
            }

            HasPlayed = true;
            _status.Move(LinkEvent.BlockEnded);
            _counters.BlocksPlayed++;
            _counters.ShotsPlayed += (uint)shots;
            MeasurementBlock.Write(answer, StimulusBlock.FirstShot(frame), shots, flags, playMicros);
            int length = _outbox.SealMeasurement(answer, frame, MeasurementBlock.PayloadBytes(shots, _plan.MeasurementWords));

            // Played is played, whatever becomes of the answer: remembered first, sent then.
            _cache.Commit(cacheSlot, sequence, length);
            _outbox.SendCached(answer, length);
            return RefusalReason.Accepted;
        }

        private bool Apply(float[] volts)
        {
            FailedActuator = 0;
            FailedAsked = 0f;
            FailedLimit = 0f;
            Failure = _watchdog.HasBitten() ? FaultCode.WatchdogLate : _actuators.Apply(volts);
            if (Failure == FaultCode.ActuatorReadback)
            {
                FailedActuator = _actuators.RefusedIndex;
                FailedAsked = volts[FailedActuator];
                FailedLimit = _actuators.LimitVolts(FailedActuator);
            }

            return Failure == FaultCode.None;
        }

        /// <summary>A block that the watchdog cut short is a failure too, whatever the converters made of it.</summary>
        private bool HasFailed(int flags)
        {
            if (_watchdog.HasBitten())
            {
                Failure = FaultCode.WatchdogLate;
            }
            else if (flags < 0 || flags > MeasurementBlock.UnderrunFlag)
            {
                Failure = flags < 0 && flags >= -(int)FaultCode.StorageFailed ? (FaultCode)(-flags) : FaultCode.ConverterFailed;
            }

            FailedActuator = 0;
            FailedAsked = 0f;
            FailedLimit = 0f;
            return Failure != FaultCode.None;
        }
    }
}
