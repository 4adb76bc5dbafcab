using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Safety
{
    /// <summary>
    /// Range and slew of stimulus words. Channels guarded by their span (<see cref="LimitGuard.Span"/>) are not checked word by word, an
    /// interpreter could not keep up: <see cref="ChannelRecord.SpanGuards"/> leaves them no word that could be refused.
    /// </summary>
    public sealed class WordLimits
    {
        private readonly int[] _lowCode;
        private readonly int[] _highCode;
        private readonly int[] _maxStepCodes;
        private readonly int[] _restCode;
        private readonly bool[] _perWord;

        /// <summary>Index of the first refused word, counted from the block's first; valid after a refusal.</summary>
        public int RefusedWord;

        public WordLimits(ChannelRecord[] stimulusChannels)
        {
            int channels = stimulusChannels.Length;
            _lowCode = new int[channels];
            _highCode = new int[channels];
            _maxStepCodes = new int[channels];
            _restCode = new int[channels];
            _perWord = new bool[channels];
            for (int c = 0; c < channels; c++)
            {
                ChannelRecord channel = stimulusChannels[c];
                VoltScale scale = new VoltScale(channel);
                _lowCode[c] = scale.LowestCodeInside(channel.LimitMinVolts);
                _highCode[c] = scale.HighestCodeInside(channel.LimitMaxVolts);
                float steps = channel.MaxStepVolts / scale.StepVolts;
                _maxStepCodes[c] = steps < scale.Codes ? (int)steps : scale.Codes;
                _restCode[c] = scale.CodeFromVoltsAtRails(channel.SafeVolts);
                _perWord[c] = channel.Guard == LimitGuard.PerWord;
            }
        }

        /// <summary>True when words inside the limits may follow each other in any order: then nobody need look at steps.</summary>
        public bool AllowEveryStep()
        {
            for (int c = 0; c < _lowCode.Length; c++)
            {
                if (_perWord[c] && _maxStepCodes[c] < _highCode[c] - _lowCode[c])
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>
        /// Accepted, OutOfRange or SlewExceeded for words [shot, sample, channel] from <paramref name="at"/> on. The output comes from
        /// the rest code before the block and returns to it after the block, and after every shot that samples of rest follow.
        /// </summary>
        public RefusalReason Check(byte[] block, int at, int shots, int wordsPerShot, int restSamples)
        {
            int channels = _lowCode.Length;
            for (int c = 0; c < channels; c++)
            {
                if (!_perWord[c])
                {
                    continue;
                }

                int previous = _restCode[c];
                for (int shot = 0; shot < shots; shot++)
                {
                    int firstWord = (shot * wordsPerShot) + c;
                    RefusalReason verdict = CheckShot(block, at, firstWord, (shot + 1) * wordsPerShot, c, ref previous);
                    if (verdict != RefusalReason.Accepted)
                    {
                        return verdict;
                    }

                    if (restSamples > 0 || shot == shots - 1)
                    {
                        int back = _restCode[c] - previous;
                        if (back > _maxStepCodes[c] || -back > _maxStepCodes[c])
                        {
                            RefusedWord = firstWord + wordsPerShot - channels;
                            return RefusalReason.SlewExceeded;
                        }

                        previous = _restCode[c];
                    }
                }
            }

            return RefusalReason.Accepted;
        }

        private RefusalReason CheckShot(byte[] block, int at, int firstWord, int end, int channel, ref int previous)
        {
            int channels = _lowCode.Length;
            int low = _lowCode[channel];
            int high = _highCode[channel];
            int maxStep = _maxStepCodes[channel];
            int before = previous;
            for (int word = firstWord; word < end; word += channels)
            {
                int b = at + (2 * word);
                int code = block[b] | (block[b + 1] << 8);
                if (code < low || code > high)
                {
                    RefusedWord = word;
                    return RefusalReason.OutOfRange;
                }

                int step = code - before;
                if (step > maxStep || -step > maxStep)
                {
                    RefusedWord = word;
                    return RefusalReason.SlewExceeded;
                }

                before = code;
            }

            previous = before;
            return RefusalReason.Accepted;
        }
    }
}
