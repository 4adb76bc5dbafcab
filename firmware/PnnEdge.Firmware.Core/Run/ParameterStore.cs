using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Run
{
    /// <summary>The newest parameter sets by version, in memory allocated once; the oldest makes room for the next.</summary>
    public sealed class ParameterStore
    {
        private readonly uint[] _versions;
        private readonly uint[] _hashes;
        private readonly bool[] _used;
        private readonly float[][] _volts;
        private int _next;

        public ParameterStore(int sets, int actuators)
        {
            _versions = new uint[sets];
            _hashes = new uint[sets];
            _used = new bool[sets];
            _volts = new float[sets][];
            for (int i = 0; i < sets; i++)
            {
                _volts[i] = new float[actuators];
            }
        }

        public const int Missing = -1;

        /// <summary>Forgets every set: a new lease starts with none.</summary>
        public void Clear()
        {
            for (int i = 0; i < _used.Length; i++)
            {
                _used[i] = false;
            }
        }

        /// <summary>Slot of a version, or <see cref="Missing"/>.</summary>
        public int Find(uint version)
        {
            for (int i = 0; i < _versions.Length; i++)
            {
                if (_used[i] && _versions[i] == version)
                {
                    return i;
                }
            }

            return Missing;
        }

        public uint Hash(int slot) => _hashes[slot];

        /// <summary>[actuator], V.</summary>
        public float[] Volts(int slot) => _volts[slot];

        /// <summary>Stores a set and returns its slot.</summary>
        public int Put(uint version, uint hash, byte[] frame)
        {
            int slot = Find(version);
            if (slot == Missing)
            {
                slot = _next;
                _next = (_next + 1) % _versions.Length;
            }

            _versions[slot] = version;
            _hashes[slot] = hash;
            _used[slot] = true;
            float[] volts = _volts[slot];
            for (int i = 0; i < volts.Length; i++)
            {
                volts[i] = ParameterFrame.Volts(frame, i);
            }

            return slot;
        }
    }
}
