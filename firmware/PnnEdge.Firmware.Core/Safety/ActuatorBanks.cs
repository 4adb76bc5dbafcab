using System;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Safety
{
    /// <summary>Static outputs, bank after bank: what their values are now, and what they may be next.</summary>
    public sealed class ActuatorBanks
    {
        private readonly ChannelRecord[] _banks;
        private readonly IConverters _converters;
        private readonly float[] _nowVolts;

        /// <summary>Values of all banks together.</summary>
        public readonly int Count;

        /// <summary>Index of the first refused or failed value; valid after a refusal.</summary>
        public int RefusedIndex;

        public ActuatorBanks(ChannelRecord[] banks, IConverters converters)
        {
            _banks = banks;
            _converters = converters;
            for (int b = 0; b < banks.Length; b++)
            {
                Count += banks[b].Count;
            }

            _nowVolts = new float[Count];
            AtSafeValues();
        }

        /// <summary>The upper limit of one value, V.</summary>
        public float LimitVolts(int index)
        {
            int place;
            return ChannelBanks.Holding(_banks, index, out place).LimitMaxVolts;
        }

        public string NameOf(int index) => ChannelBanks.NameOf(_banks, index);

        /// <summary>The converters were made safe: what is set now is the safe values.</summary>
        public void AtSafeValues()
        {
            int i = 0;
            for (int b = 0; b < _banks.Length; b++)
            {
                float safe = _banks[b].SafeVolts;
                for (int end = i + _banks[b].Count; i < end; i++)
                {
                    _nowVolts[i] = safe;
                }
            }
        }

        /// <summary>Range of a set that is to be stored; written so that NaN fails.</summary>
        public RefusalReason CheckRange(byte[] frame)
        {
            int i = 0;
            for (int b = 0; b < _banks.Length; b++)
            {
                float min = _banks[b].LimitMinVolts;
                float max = _banks[b].LimitMaxVolts;
                for (int end = i + _banks[b].Count; i < end; i++)
                {
                    float volts = ParameterFrame.Volts(frame, i);
                    if (!(volts >= min && volts <= max))
                    {
                        RefusedIndex = i;
                        return Bytes.IsFinite(volts) ? RefusalReason.OutOfRange : RefusalReason.NotFinite;
                    }
                }
            }

            return RefusalReason.Accepted;
        }

        /// <summary>Range of a set that is at hand; written so that NaN fails.</summary>
        public RefusalReason CheckRange(float[] volts)
        {
            int i = 0;
            for (int b = 0; b < _banks.Length; b++)
            {
                float min = _banks[b].LimitMinVolts;
                float max = _banks[b].LimitMaxVolts;
                for (int end = i + _banks[b].Count; i < end; i++)
                {
                    if (!(volts[i] >= min && volts[i] <= max))
                    {
                        RefusedIndex = i;
                        return RefusalReason.OutOfRange;
                    }
                }
            }

            return RefusalReason.Accepted;
        }

        /// <summary>As if these had been applied: where a later step would begin.</summary>
        public void Assume(float[] volts) => Array.Copy(volts, 0, _nowVolts, 0, Count);

        /// <summary>May the outputs go from where they are to this set in one step?</summary>
        public RefusalReason CheckStep(float[] volts)
        {
            int i = 0;
            for (int b = 0; b < _banks.Length; b++)
            {
                float max = _banks[b].MaxStepVolts;
                for (int end = i + _banks[b].Count; i < end; i++)
                {
                    float step = volts[i] - _nowVolts[i];
                    if (!(step <= max && -step <= max))
                    {
                        RefusedIndex = i;
                        return RefusalReason.SlewExceeded;
                    }
                }
            }

            return RefusalReason.Accepted;
        }

        /// <summary>Sets every output; None, or the fault of the first that did not take its value.</summary>
        public FaultCode Apply(float[] volts)
        {
            int failed;
            FaultCode fault = _converters.SetActuators(volts, out failed);
            if (fault == FaultCode.None)
            {
                Assume(volts);
            }
            else
            {
                RefusedIndex = failed;
            }

            return fault;
        }
    }
}
