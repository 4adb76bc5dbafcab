using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Safety
{
    /// <summary>Static outputs: what they are set to now, and what they may be set to next.</summary>
    public sealed class ActuatorBank
    {
        private readonly ChannelRecord[] _channels;
        private readonly IConverters _converters;
        private readonly float[] _nowVolts;

        /// <summary>Index of the first refused or failed actuator; valid after a refusal.</summary>
        public int RefusedIndex;

        public ActuatorBank(ChannelRecord[] actuators, IConverters converters)
        {
            _channels = actuators;
            _converters = converters;
            _nowVolts = new float[actuators.Length];
            AtSafeValues();
        }

        public int Count => _channels.Length;

        /// <summary>The upper limit of one actuator, V.</summary>
        public float LimitVolts(int index) => _channels[index].LimitMaxVolts;

        /// <summary>The converters were made safe: what is set now is the safe values.</summary>
        public void AtSafeValues()
        {
            for (int i = 0; i < _channels.Length; i++)
            {
                _nowVolts[i] = _channels[i].SafeVolts;
            }
        }

        /// <summary>Range of a set that is to be stored; written so that NaN fails.</summary>
        public RefusalReason CheckRange(byte[] frame)
        {
            for (int i = 0; i < _channels.Length; i++)
            {
                float volts = ParameterFrame.Volts(frame, i);
                if (!(volts >= _channels[i].LimitMinVolts && volts <= _channels[i].LimitMaxVolts))
                {
                    RefusedIndex = i;
                    return Bytes.IsFinite(volts) ? RefusalReason.OutOfRange : RefusalReason.NotFinite;
                }
            }

            return RefusalReason.Accepted;
        }

        /// <summary>May the outputs go from where they are to this set in one step?</summary>
        public RefusalReason CheckStep(float[] volts)
        {
            for (int i = 0; i < _channels.Length; i++)
            {
                float step = volts[i] - _nowVolts[i];
                if (!(step <= _channels[i].MaxStepVolts && -step <= _channels[i].MaxStepVolts))
                {
                    RefusedIndex = i;
                    return RefusalReason.SlewExceeded;
                }
            }

            return RefusalReason.Accepted;
        }

        /// <summary>Sets every output; None, or the fault of the first that did not take its value.</summary>
        public FaultCode Apply(float[] volts)
        {
            for (int i = 0; i < _channels.Length; i++)
            {
                FaultCode fault = _converters.SetActuator(i, volts[i]);
                if (fault != FaultCode.None)
                {
                    RefusedIndex = i;
                    return fault;
                }

                _nowVolts[i] = volts[i];
            }

            return FaultCode.None;
        }
    }
}
