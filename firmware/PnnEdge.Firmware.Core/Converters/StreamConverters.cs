using System;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Converters
{
    /// <summary>
    /// The fast path: a block is laid out once, handed to the codecs whole and taken back whole, in words that the codecs speak themselves: nothing
    /// managed looks at one. Output and input start apart, by a number of frames that changes from block to block: a shot rests for longer than
    /// the lag, and the host finds it by what it plays on the reference channel.
    /// </summary>
    public sealed class StreamConverters : IConverters
    {
        private readonly Board _board;
        private readonly ICodecPair _codecs;
        private readonly OutputGate _gate;
        private readonly IDeviceClock _clock;
        private readonly int _frameBytes;
        private readonly int _pieceBytes;
        private readonly byte[] _block;
        private readonly byte[] _zeros;
        private readonly byte[] _piece;
        private uint _rateMilliHertz = 1;

        /// <param name="pieceFrames">In so many frames at a time the input's memory fills.</param>
        public StreamConverters(Board board, ICodecPair codecs, int pieceFrames, IWordOutput[] actuators, IEnableLine enable, IDeviceClock clock)
        {
            ChannelRecord[] outputs = board.OfRole(ChannelRole.Stimulus);
            if (outputs.Length == 0 || outputs.Length != board.Count(ChannelRole.Measurement))
            {
                throw new ArgumentException("A stream plays and samples the same number of channels, at least one.");
            }

            if (!board.Speaks(ChannelCoding.TwosComplement))
            {
                throw new ArgumentException("A stream hands words on as they are: channels are coded in two's complement, as codecs speak.");
            }

            for (int c = 0; c < outputs.Length; c++)
            {
                if (outputs[c].SafeVolts != 0f)
                {
                    throw new ArgumentException("A stream rests at 0 V: channel " + outputs[c].Name + " has another safe value.");
                }
            }

            _board = board;
            _codecs = codecs;
            _gate = new OutputGate(enable, new WordOutputs(board.OfRole(ChannelRole.Actuator), actuators));
            _clock = clock;
            _frameBytes = 2 * outputs.Length;
            _pieceBytes = pieceFrames * _frameBytes;
            _block = new byte[BlockBytes(board, outputs[0].MaxRateMilliHertz, _frameBytes)];
            _zeros = new byte[_block.Length];
            _piece = new byte[_pieceBytes];
        }

        /// <summary>The longest transfer at the highest rate; the stream's own memory holds as much.</summary>
        public static int BlockBytes(Board board, uint maxRateMilliHertz, int frameBytes) =>
            (int)((((long)maxRateMilliHertz * board.LongestTransferMillis) + 999999) / 1000000) * frameBytes;

        /// <summary>Zeros follow what was played by themselves; the enable line takes the bench off at once.</summary>
        public FaultCode MakeSafe() => _gate.MakeSafe(null);

        public void PulseEnable() => _gate.Pulse();

        public FaultCode SetActuators(float[] volts, out int failed) => _gate.SetActuators(volts, out failed);

        public uint SetSampleRate(uint milliHertz)
        {
            _rateMilliHertz = _codecs.SetRate(milliHertz);
            return _rateMilliHertz;
        }

        public int Play(RunPlan plan, ulong firstShot, int shots, byte[] stimulus, int stimulusAt, byte[] measurement, int measurementAt)
        {
            int shotBytes = (2 * plan.StimulusWords) + (plan.RestSamples * _frameBytes);
            int blockBytes = shots * shotBytes;
            if (blockBytes > _block.Length)
            {
                return -(int)FaultCode.ConverterFailed;
            }

            _gate.Settle(plan, _clock);
            LayOut(plan, shots, shotBytes, stimulus, stimulusAt);
            if (!IsOpen())
            {
                return MeasurementBlock.UnderrunFlag;
            }

            long emptied = Drain();
            _codecs.Play(_block, 0, blockBytes);
            bool lost = _clock.Micros() - emptied > 1000L * _board.LongestTransferMillis;
            _codecs.Sample(_block, 0, blockBytes);
            TakeOut(plan, shots, shotBytes, measurement, measurementAt);
            return lost || !IsOpen() ? MeasurementBlock.UnderrunFlag : 0;
        }

        private bool IsOpen()
        {
            lock (_gate.Lock)
            {
                return _gate.IsOpen;
            }
        }

        private void LayOut(RunPlan plan, int shots, int shotBytes, byte[] stimulus, int stimulusAt)
        {
            int wordBytes = 2 * plan.StimulusWords;
            for (int shot = 0; shot < shots; shot++)
            {
                int at = shot * shotBytes;
                Array.Copy(stimulus, stimulusAt + (shot * wordBytes), _block, at, wordBytes);
                Array.Copy(_zeros, 0, _block, at + wordBytes, shotBytes - wordBytes);
            }
        }

        private void TakeOut(RunPlan plan, int shots, int shotBytes, byte[] measurement, int measurementAt)
        {
            int wordBytes = 2 * plan.MeasurementWords;
            for (int shot = 0; shot < shots; shot++)
            {
                Array.Copy(_block, (shot * shotBytes) + (plan.MeasurementStartSample * _frameBytes), measurement, measurementAt, wordBytes);
                measurementAt += wordBytes;
            }
        }

        /// <summary>Old samples come at once, new ones in their own time: reads until a piece had to be waited for. When that was, µs.</summary>
        private long Drain()
        {
            long pieceMicros = (_pieceBytes / _frameBytes) * 1000000000L / _rateMilliHertz;
            long now = _clock.Micros();
            for (int most = (_block.Length / _pieceBytes) + 2; most > 0; most--)
            {
                long before = now;
                _codecs.Sample(_piece, 0, _pieceBytes);
                now = _clock.Micros();
                if (now - before > pieceMicros / 2)
                {
                    break;
                }
            }

            return now;
        }
    }
}
