using System;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Wire;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Converters
{
    /// <summary>Outputs of any role by their volts: scales, codes of the safe values, one word output each.</summary>
    public sealed class WordOutputs
    {
        private readonly IWordOutput[] _outputs;
        private readonly VoltScale[] _scales;
        private readonly int[] _safeCodes;

        /// <param name="records">Of one role; a bank stands for as many outputs as it counts.</param>
        /// <param name="outputs">One per value, in the records' order.</param>
        public WordOutputs(ChannelRecord[] records, IWordOutput[] outputs)
        {
            int count = 0;
            for (int i = 0; i < records.Length; i++)
            {
                count += records[i].Count;
            }

            if (count != outputs.Length)
            {
                throw new ArgumentException("The board's records count " + count.ToString() + " outputs; it wires up " + outputs.Length.ToString() + ".");
            }

            _outputs = outputs;
            _scales = new VoltScale[count];
            _safeCodes = new int[count];
            int at = 0;
            for (int i = 0; i < records.Length; i++)
            {
                VoltScale scale = new VoltScale(records[i]);
                for (int end = at + records[i].Count; at < end; at++)
                {
                    _scales[at] = scale;
                    _safeCodes[at] = scale.CodeFromVoltsAtRails(records[i].SafeVolts);
                }
            }
        }

        public int Count => _outputs.Length;

        public int SafeCode(int index) => _safeCodes[index];

        public bool Write(int index, int code) => _outputs[index].Write(code);

        /// <summary>-1, or the index of the first that did not take its value.</summary>
        public int Set(float[] volts)
        {
            for (int i = 0; i < _outputs.Length; i++)
            {
                int code = _scales[i].CodeFromVolts(volts[i]);
                if (code < 0 || !_outputs[i].Write(code))
                {
                    return i;
                }
            }

            return -1;
        }

        /// <summary>All of them are tried, whatever becomes of one; false when one did not take its safe value.</summary>
        public bool MakeSafe()
        {
            bool all = true;
            for (int i = 0; i < _outputs.Length; i++)
            {
                all = _outputs[i].Write(_safeCodes[i]) && all;
            }

            return all;
        }
    }
}
