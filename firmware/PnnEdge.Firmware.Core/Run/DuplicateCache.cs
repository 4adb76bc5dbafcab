using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Run
{
    /// <summary>
    /// The answers to the newest frames, so that a repeated frame is answered and never played twice. A sequence lives in
    /// slot (sequence mod depth); its buffers are allocated once.
    /// </summary>
    public sealed class DuplicateCache
    {
        private readonly uint[] _sequences;
        private readonly int[] _lengths;
        private readonly byte[][] _frames;

        public DuplicateCache(int depth, int maxFrameBytes)
        {
            _sequences = new uint[depth];
            _lengths = new int[depth];
            _frames = new byte[depth][];
            for (int i = 0; i < depth; i++)
            {
                _frames[i] = new byte[maxFrameBytes];
            }
        }

        public const int Missing = -1;

        /// <summary>The newest sequence played in this epoch; 0 before the first.</summary>
        public uint Newest { get; private set; }

        /// <summary>A new epoch counts its own sequences.</summary>
        public void Clear()
        {
            Newest = 0;
            for (int i = 0; i < _lengths.Length; i++)
            {
                _lengths[i] = 0;
            }
        }

        /// <summary>Slot of an answered sequence, or <see cref="Missing"/>.</summary>
        public int Find(uint sequence)
        {
            int slot = SlotFor(sequence);
            return _lengths[slot] != 0 && _sequences[slot] == sequence ? slot : Missing;
        }

        /// <summary>Does the answer in this slot answer this stimulus? The answer repeats all that names the stimulus's shots.</summary>
        public bool Answers(int slot, byte[] stimulus)
        {
            byte[] answer = _frames[slot];
            return MeasurementBlock.FirstShot(answer) == StimulusBlock.FirstShot(stimulus) &&
                MeasurementBlock.Shots(answer) == StimulusBlock.Shots(stimulus) &&
                FrameHeader.RunId(answer) == FrameHeader.RunId(stimulus) &&
                FrameHeader.ParameterVersion(answer) == FrameHeader.ParameterVersion(stimulus) &&
                FrameHeader.ParameterHash(answer) == FrameHeader.ParameterHash(stimulus);
        }

        public int SlotFor(uint sequence) => (int)(sequence % (uint)_sequences.Length);

        public byte[] Frame(int slot) => _frames[slot];

        public int Length(int slot) => _lengths[slot];

        /// <summary>Empties a slot before its buffer is written, so that a failed play leaves no half answer behind.</summary>
        public byte[] Begin(int slot)
        {
            _lengths[slot] = 0;
            return _frames[slot];
        }

        public void Commit(int slot, uint sequence, int length)
        {
            _sequences[slot] = sequence;
            _lengths[slot] = length;
            Newest = sequence;
        }
    }
}
