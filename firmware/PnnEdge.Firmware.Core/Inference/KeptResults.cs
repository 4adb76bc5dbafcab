namespace PnnEdge.Firmware.Core.Inference
{
    /// <summary>The newest answers to the local input, until the link has taken them; the oldest makes room. Its memory is set aside once a program.</summary>
    public sealed class KeptResults
    {
        private readonly byte[][] _frames;
        private readonly uint[] _sequences;
        private int _first;

        public KeptResults(int depth, int frameBytes)
        {
            _frames = new byte[depth][];
            _sequences = new uint[depth];
            for (int i = 0; i < depth; i++)
            {
                _frames[i] = new byte[frameBytes];
            }
        }

        public int Count { get; private set; }

        /// <summary>Where the next answer is written; with a full store this is the oldest, which is lost.</summary>
        public byte[] Add(uint sequence)
        {
            if (Count == _frames.Length)
            {
                _first = (_first + 1) % _frames.Length;
                Count--;
            }

            int at = (_first + Count) % _frames.Length;
            _sequences[at] = sequence;
            Count++;
            return _frames[at];
        }

        /// <summary>The oldest one; there is one.</summary>
        public byte[] Oldest() => _frames[_first];

        public uint OldestSequence() => _sequences[_first];

        public void DropOldest()
        {
            _first = (_first + 1) % _frames.Length;
            Count--;
        }
    }
}
