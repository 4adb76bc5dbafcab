using PnnEdge.Firmware.Core.Loop;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Core.Safety;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Inference
{
    /// <summary>Runs a program once, layer by layer, on outputs that nobody else drives. Between layers interlock and watchdog have their say.</summary>
    public sealed class ProgramRunner
    {
        private readonly IConverters _converters;
        private readonly IDeviceClock _clock;
        private readonly LoopWatchdog _watchdog;
        private readonly OutputGuard _guard;
        private readonly DeviceStatus _status;
        private readonly ActuatorBanks _banks;
        private readonly WordLimits _words;
        private readonly bool _everyStepIsAllowed;

        /// <summary>Of the newest answer: clamped slots and saturated words.</summary>
        public readonly LayerMath Layer;

        /// <summary>Meaning by reason: see WIRE.md; valid after a refusal.</summary>
        public uint Detail;

        /// <summary>Not None when running failed and the device must go to Fault.</summary>
        public FaultCode Failure;

        /// <summary>Index of the actuator that failed; valid after such a failure.</summary>
        public int FailedActuator;

        /// <summary>How long the newest answer took, µs.</summary>
        public uint RunMicros;

        /// <param name="board">Has one stimulus and one measurement channel: the check of a program asks for them.</param>
        public ProgramRunner(Board board, IConverters converters, IDeviceClock clock, LoopWatchdog watchdog, OutputGuard guard, DeviceStatus status)
        {
            _converters = converters;
            _clock = clock;
            _watchdog = watchdog;
            _guard = guard;
            _status = status;
            _banks = new ActuatorBanks(board.OfRole(ChannelRole.Actuator), converters);
            _words = new WordLimits(board.OfRole(ChannelRole.Stimulus));
            _everyStepIsAllowed = _words.AllowEveryStep();
            Layer = new LayerMath(Scale(board, ChannelRole.Stimulus), Scale(board, ChannelRole.Measurement));
        }

        /// <summary>From the program's features to its scores.</summary>
        /// <param name="number">Of the answer since the program was loaded: which shots a simulated bench takes it for.</param>
        public RefusalReason Run(DeployedProgram program, ulong number)
        {
            Detail = 0;
            Failure = FaultCode.None;
            Layer.Clamped = 0;
            Layer.Saturated = 0;
            _banks.AtSafeValues();
            long start = _clock.Micros();
            if (_converters.SetSampleRate(program.Plan.SampleRateMilliHertz) != program.Plan.SampleRateMilliHertz)
            {
                Detail = (uint)PlanLimit.SampleRate;
                return RefusalReason.PlanUnsupported;
            }

            for (int l = 0; l < program.Layers.Length; l++)
            {
                RefusalReason verdict = RunLayer(program, program.Layers[l], l == 0 ? program.Features : program.Carried, number);
                if (verdict != RefusalReason.Accepted)
                {
                    return verdict;
                }
            }

            for (int c = 0; c < program.Classes.Length; c++)
            {
                program.Scores[c] = program.Classes[c].Of(program.Carried);
                if (!Bytes.IsFinite(program.Scores[c]))
                {
                    return RefusalReason.NotFinite;
                }
            }

            RunMicros = (uint)(_clock.Micros() - start);
            return RefusalReason.Accepted;
        }

        private RefusalReason RunLayer(DeployedProgram program, LayerNumbers layer, float[] input, ulong number)
        {
            if (!Layer.Encode(program, layer, input))
            {
                return RefusalReason.NotFinite;
            }

            int shots = program.Branches * program.Repeats;
            if (!_everyStepIsAllowed)
            {
                RefusalReason words = _words.Check(program.Stimulus, 0, shots, program.Plan.StimulusWords, program.Plan.RestSamples);
                if (words != RefusalReason.Accepted)
                {
                    Detail = (uint)_words.RefusedWord;
                    return words;
                }
            }

            // A layer is progress.
            if (!_watchdog.FeedUnlessBitten(_clock.Millis()))
            {
                return Late();
            }

            if (!_guard.PulseUnlessOpen() || !Apply(layer.ActuatorVolts))
            {
                return Faulted();
            }

            int flags = _converters.Play(program.Plan, layer.FirstShot + (number * (ulong)shots), shots, program.Stimulus, 0, program.Measurement, 0);
            if (_watchdog.HasBitten())
            {
                return Late();
            }

            if (flags == MeasurementBlock.UnderrunFlag)
            {
                return RanDry();
            }

            if (flags != 0)
            {
                Failure = flags < 0 && flags >= -(int)FaultCode.StorageFailed ? (FaultCode)(-flags) : FaultCode.ConverterFailed;
                return Faulted();
            }

            Layer.Decode(program, layer);
            return RefusalReason.Accepted;
        }

        /// <summary>
        /// Bitten by the watchdog, which made the outputs safe. Without a connection that is a run that was not fed in time, as it is when this thread
        /// comes round before the watchdog's: a latched fault could not be cleared there. The loop's next pass puts it into the log.
        /// </summary>
        private RefusalReason Late()
        {
            if (!_status.IsAnnounced)
            {
                return RanDry();
            }

            Failure = FaultCode.WatchdogLate;
            return Faulted();
        }

        private RefusalReason RanDry()
        {
            Detail = InferRequest.RanDryDetail;
            return RefusalReason.WrongState;
        }

        private bool Apply(float[] volts)
        {
            Failure = _banks.Apply(volts);
            FailedActuator = Failure == FaultCode.ActuatorReadback ? _banks.RefusedIndex : 0;
            return Failure == FaultCode.None;
        }

        private RefusalReason Faulted()
        {
            Detail = (uint)(Failure == FaultCode.None ? FaultCode.InterlockOpen : Failure);
            return RefusalReason.Faulted;
        }

        private static VoltScale Scale(Board board, ChannelRole role)
        {
            ChannelRecord channel = board.OfRole(role)[0];
            return new VoltScale(channel);
        }
    }
}
