using System;
using System.Device.Adc;
using System.Device.Dac;
using PnnEdge.Firmware.Core.Ports;

namespace PnnEdge.Firmware.Esp32.Native
{
    /// <summary>One of the chip's own 8-bit outputs. It cannot be read back, and the interpreter drops bits above the eighth.</summary>
    public sealed class BuiltInDac : IWordOutput
    {
        private const int Codes = 256;

        private readonly DacChannel _channel;

        public BuiltInDac(int channel)
        {
            _channel = DacController.GetDefault().OpenChannel(channel);
        }

        public bool Write(int code)
        {
            if (code < 0 || code >= Codes)
            {
                return false;
            }

            try
            {
                _channel.WriteValue((ushort)code);
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }
    }

    /// <summary>One 12-bit input of the chip's converter 1.</summary>
    public sealed class BuiltInAdc : IWordInput
    {
        private readonly AdcChannel _channel;

        public BuiltInAdc(int channel)
        {
            _channel = new AdcController().OpenChannel(channel);
        }

        public int Read()
        {
            try
            {
                return _channel.ReadValue();
            }
            catch (Exception)
            {
                return -1;
            }
        }
    }
}
