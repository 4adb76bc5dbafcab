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

        public bool Fits(int features) => features <= _inputs.Length;

        /// <summary>False when an input does not answer.</summary>
        public bool Read(float[] features)
        {
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
