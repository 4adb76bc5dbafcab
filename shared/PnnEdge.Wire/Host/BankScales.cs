using PnnEdge.Wire.Messages;

namespace PnnEdge.Wire.Host
{
    /// <summary>What the converters of a board's actuators make of a set of volts, bank after bank.</summary>
    public sealed class BankScales
    {
        private readonly ChannelRecord[] _banks;
        private readonly VoltScale[] _scales;

        /// <param name="banks">A board's records of actuators, in hello's order.</param>
        public BankScales(ChannelRecord[] banks)
        {
            _banks = banks;
            _scales = new VoltScale[banks.Length];
            for (int b = 0; b < banks.Length; b++)
            {
                _scales[b] = new VoltScale(banks[b]);
                Count += banks[b].Count;
            }
        }

        /// <summary>Actuators of all banks together.</summary>
        public int Count { get; }

        /// <summary>Every volt to that of its nearest code; -1, or the index of the first that no code reaches.</summary>
        /// <param name="volts">[actuator], V.</param>
        /// <param name="rounded">[actuator], V; overwritten, up to a volt that no code reaches.</param>
        public int Round(float[] volts, float[] rounded)
        {
            int at = 0;
            for (int b = 0; b < _banks.Length; b++)
            {
                int beyond = _scales[b].RoundVolts(volts, at, _banks[b].Count, rounded);
                if (beyond >= 0)
                {
                    return beyond;
                }

                at += _banks[b].Count;
            }

            return -1;
        }
    }
}
