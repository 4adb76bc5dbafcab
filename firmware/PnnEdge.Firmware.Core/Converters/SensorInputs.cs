using PnnEdge.Firmware.Core.Ports;

namespace PnnEdge.Firmware.Core.Converters
{
    /// <summary>Inputs of a word-by-word converter as what a program looks at by itself: feature i is input i, as a share of its span, 0 to below 1.</summary>
    public sealed class SensorInputs : ILocalInput
    {
        private readonly IWordInput[] _inputs;
        private readonly float _codes;

        public SensorInputs(IWordInput[] inputs, int bits)
        {
            _inputs = inputs;
            _codes = 1 << bits;
        }

        /// <summary>False for a program that takes more features than there are inputs, and when an input does not answer.</summary>
        public bool Read(float[] features)
        {
            if (features.Length > _inputs.Length)
            {
                return false;
            }

            for (int i = 0; i < features.Length; i++)
            {
                int code = _inputs[i].Read();
                if (code < 0)
                {
                    return false;
                }

                features[i] = code / _codes;
            }

            return true;
        }
    }
}
