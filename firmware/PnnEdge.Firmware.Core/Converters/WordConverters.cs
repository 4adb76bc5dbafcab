using System;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Converters
{
    /// <summary>
    /// The slow path: converters served word by word on the device's clock, a few hundred samples a second. An output is held for its sample,
    /// and the inputs are read at the sample's end. An output or a reading that comes more than a sample's length late marks the block as run dry.
    /// </summary>
    public sealed class WordConverters : IConverters
    {
        /// <summary>Edges of the enable line while a block settles and is played are no further apart than this and one sample, µs.</summary>
        public const int PulseMicros = 20000;

        private const long MicrosTimesMilliHertz = 1000000000L;

        private readonly WordOutputs _stimulus;
        private readonly IWordInput[] _inputs;
        private readonly OutputGate _gate;
        private readonly IDeviceClock _clock;
        private long _periodMicros = 1000;
        private long _nextPulse;
        private bool _late;
        private bool _stopped;
        private bool _failed;

        public WordConverters(
            Board board, IWordOutput[] stimulus, IWordInput[] measurement, IWordOutput[] actuators, IEnableLine enable, IDeviceClock clock)
        {
            if (measurement.Length != board.Count(ChannelRole.Measurement))
            {
                throw new ArgumentException("A board wires up one input per measurement channel.");
            }

            if (!board.Speaks(ChannelCoding.OffsetBinary))
            {
                throw new ArgumentException("Word by word a word is its code: channels are coded in offset binary.");
            }

            _stimulus = new WordOutputs(board.OfRole(ChannelRole.Stimulus), stimulus);
            _inputs = measurement;
            _gate = new OutputGate(enable, new WordOutputs(board.OfRole(ChannelRole.Actuator), actuators));
            _clock = clock;
        }

        public FaultCode MakeSafe() => _gate.MakeSafe(_stimulus);

        public void PulseEnable() => _gate.Pulse();

        public FaultCode SetActuators(float[] volts, out int failed) => _gate.SetActuators(volts, out failed);

        /// <summary>The nearest rate whose period is a whole number of microseconds.</summary>
        public uint SetSampleRate(uint milliHertz)
        {
            _periodMicros = (MicrosTimesMilliHertz + (milliHertz / 2)) / milliHertz;
            return (uint)((MicrosTimesMilliHertz + (_periodMicros / 2)) / _periodMicros);
        }

        public int Play(RunPlan plan, ulong firstShot, int shots, byte[] stimulus, int stimulusAt, byte[] measurement, int measurementAt)
        {
            _gate.Settle(plan, _clock);
            _late = false;
            _stopped = false;
            _failed = false;
            int played = plan.StimulusWords / plan.StimulusChannels;
            int all = played + plan.RestSamples;
            int firstMeasured = plan.MeasurementStartSample;
            int endMeasured = firstMeasured + (plan.MeasurementWords / plan.MeasurementChannels);
            long due = _clock.Micros();
            _nextPulse = due + PulseMicros;
            for (int shot = 0; shot < shots; shot++)
            {
                for (int sample = 0; sample < all && !_stopped && !_failed; sample++)
                {
                    if (sample < played)
                    {
                        Drive(stimulus, stimulusAt);
                        stimulusAt += 2 * plan.StimulusChannels;
                    }
                    else if (sample == played)
                    {
                        Rest();
                    }

                    due += _periodMicros;
                    WaitUntil(due);
                    if (sample >= firstMeasured && sample < endMeasured)
                    {
                        Sample(measurement, measurementAt);
                        measurementAt += 2 * plan.MeasurementChannels;
                    }
                }
            }

            _late = _clock.Micros() - due > _periodMicros || _late;
            Rest();
            return _failed ? -(int)FaultCode.ConverterFailed : _stopped || _late ? MeasurementBlock.UnderrunFlag : 0;
        }

        private void Drive(byte[] words, int at)
        {
            lock (_gate.Lock)
            {
                _stopped = !_gate.IsOpen;
                for (int c = 0; c < _stimulus.Count && !_stopped; c++)
                {
                    _failed = !_stimulus.Write(c, Bytes.GetUInt16(words, at + (2 * c))) || _failed;
                }
            }
        }

        private void Rest()
        {
            lock (_gate.Lock)
            {
                // Made safe meanwhile: then they are there already.
                _failed = (_gate.IsOpen && !_stimulus.MakeSafe()) || _failed;
            }
        }

        private void WaitUntil(long due)
        {
            long now = _clock.Micros();

            // The output was due a sample ago, and is there since a moment: later than now, it was hardly held.
            _late = now > due || _late;
            if (now >= _nextPulse)
            {
                _nextPulse = now + PulseMicros;
                _gate.KeepUp();
            }

            while (now < due)
            {
                now = _clock.Micros();
            }

            // Another thread may have had its slice meanwhile.
            _late = now - due > _periodMicros || _late;
        }

        private void Sample(byte[] words, int at)
        {
            for (int c = 0; c < _inputs.Length; c++)
            {
                int code = _inputs[c].Read();
                _failed = code < 0 || _failed;
                Bytes.PutUInt16(words, at + (2 * c), code < 0 ? 0 : code);
            }
        }
    }
}
