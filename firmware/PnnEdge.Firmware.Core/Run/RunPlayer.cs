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
        private readonly IConverters _converters;
        private readonly IDeviceClock _clock;
        private readonly DeviceStatus _status;
        private readonly RefusalCounters _counters;
        private readonly Outbox _outbox;
        private readonly WordLimits _wordLimits;
        private readonly RunPlans _plans;
        private readonly ActuatorSets _sets;
        private readonly DuplicateCache _cache;
        private readonly LoopWatchdog _watchdog;

        /// <summary>Meaning by reason: see WIRE.md; valid after a refusal.</summary>
        public uint Detail;

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
            LoopWatchdog watchdog, RunPlans plans, ActuatorSets sets)
        {
            _converters = converters;
            _clock = clock;
            _status = status;
            _counters = counters;
            _outbox = outbox;
            _watchdog = watchdog;
            _plans = plans;
            _sets = sets;
            _wordLimits = new WordLimits(board.OfRole(ChannelRole.Stimulus));
            _cache = new DuplicateCache(board.Window(), board.MaxFrameBytes);
        }

        /// <summary>A new epoch starts with no plan, no parameters and no history.</summary>
        public void ForgetRun()
        {
            _plans.Forget();
            _sets.Forget();
            _cache.Clear();
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

            RefusalReason verdict = _plans.Check(frame);
            Detail = _plans.Detail;
            if (verdict != RefusalReason.Accepted)
            {
                return verdict;
            }

            int slot = _sets.SlotOf(frame);
            verdict = CheckContent(frame, slot);
            return verdict == RefusalReason.Accepted ? PlayChecked(frame, sequence, slot) : verdict;
        }

        /// <summary>What <see cref="Failure"/> was, in words.</summary>
        public string FailureText()
        {
            switch (Failure)
            {
                case FaultCode.WatchdogLate: return "the loop came round too late while a block was played";
                case FaultCode.ActuatorReadback: return "actuator " + _sets.NameOf(FailedActuator) + " did not take its value";
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

        private RefusalReason CheckContent(byte[] frame, int slot)
        {
            RefusalReason verdict = _sets.Check(frame, slot);
            if (verdict != RefusalReason.Accepted)
            {
                Detail = _sets.Detail;
                return verdict;
            }

            RunPlan plan = _plans.Newest;
            verdict = _wordLimits.Check(frame, StimulusBlock.CodesAt, StimulusBlock.Shots(frame), plan.StimulusWords, plan.RestSamples);
            Detail = verdict == RefusalReason.Accepted ? 0u : (uint)_wordLimits.RefusedWord;
            return verdict;
        }

        private RefusalReason PlayChecked(byte[] frame, uint sequence, int slot)
        {
            int cacheSlot = _cache.SlotFor(sequence);
            byte[] answer = _cache.Begin(cacheSlot);
            int shots = StimulusBlock.Shots(frame);
            _status.Move(LinkEvent.BlockStarted);
            if (!_sets.IsApplied(slot) && !Apply(slot))
            {
                return RefusalReason.Faulted;
            }

            RunPlan plan = _plans.Newest;
            long startMicros = _clock.Micros();
            int flags = _watchdog.HasBitten()
                ? 0
                : _converters.Play(plan, StimulusBlock.FirstShot(frame), shots, frame, StimulusBlock.CodesAt, answer, MeasurementBlock.CodesAt);
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
            int length = _outbox.SealMeasurement(answer, frame, MeasurementBlock.PayloadBytes(shots, plan.MeasurementWords));

            // Played is played, whatever becomes of the answer: remembered first, sent then.
            _cache.Commit(cacheSlot, sequence, length);
            _outbox.SendCached(answer, length);
            return RefusalReason.Accepted;
        }

        private bool Apply(int slot)
        {
            FailedActuator = 0;
            FailedAsked = 0f;
            FailedLimit = 0f;
            Failure = _watchdog.HasBitten() ? FaultCode.WatchdogLate : _sets.Apply(slot);
            if (Failure == FaultCode.ActuatorReadback)
            {
                FailedActuator = _sets.FailedIndex;
                FailedAsked = _sets.Volts(slot, FailedActuator);
                FailedLimit = _sets.LimitVolts(FailedActuator);
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
