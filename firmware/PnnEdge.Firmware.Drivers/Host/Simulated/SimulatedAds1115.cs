using System;

namespace PnnEdge.Firmware.Drivers.Host.Simulated
{
    /// <summary>
    /// The chip's side of SBAS444D's register map, pages 27–30: pointer, Config, Conversion and the comparator's thresholds, which do nothing while it is off;
    /// single shots of ±4.096 V that take a few questions.
    /// </summary>
    public sealed class SimulatedAds1115 : SimulatedI2cChip
    {
        private readonly Func<int, double> _inputVolts;
        private readonly int _questionsBusy;
        private readonly int[] _thresholds = { 0x8000, 0x7FFF };
        private int _pointer;
        private int _config = 0x8583;
        private int _conversion;
        private int _busy;

        /// <param name="questionsBusy">How often Config is read as busy before a conversion is done.</param>
        public SimulatedAds1115(Func<int, double> inputVolts, int questionsBusy)
        {
            _inputVolts = inputVolts;
            _questionsBusy = questionsBusy;
        }

        protected override void Take(ReadOnlySpan<byte> bytes)
        {
            _pointer = bytes[0] & 3;
            if (bytes.Length < 3)
            {
                return;
            }

            int word = (bytes[1] << 8) | bytes[2];
            if (_pointer == 0)
            {
                throw new NotSupportedException("Conversion was written; the simulated ADS1115 lets the other registers be written.");
            }

            if (_pointer > 1)
            {
                _thresholds[_pointer - 2] = word;
                return;
            }

            _config = word & 0x7FFF;
            if ((word & 0x8000) == 0 || _busy > 0)
            {
                return;
            }

            if ((word & 0x4F00) != 0x4300)
            {
                throw new NotSupportedException($"Config 0x{word:X4} was written; the simulated ADS1115 converts one input against ground, ±4.096 V, once.");
            }

            _busy = _questionsBusy;
            _conversion = (int)Math.Clamp(Math.Floor(_inputVolts((word >> 12) & 3) / 125e-6), short.MinValue, short.MaxValue) & 0xFFFF;
        }

        protected override void Give(Span<byte> bytes)
        {
            int word = _pointer == 0 ? _conversion : _pointer > 1 ? _thresholds[_pointer - 2] : _config | (_busy == 0 ? 0x8000 : 0);
            _busy -= _pointer == 1 && _busy > 0 ? 1 : 0;
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)(i % 2 == 0 ? word >> 8 : word);
            }
        }
    }
}
