using System;
using System.Device.I2s;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Drivers.TexasInstruments;

namespace PnnEdge.Firmware.Esp32.Native
{
    /// <summary>
    /// The two buses of a codec pair. Facts of nf-interpreter (July 2026, sys_dev_i2s_native_System_Device_I2s_I2sDevice.cpp): a bus plays
    /// when its mode is not exactly Master + Rx, else it samples; an input bus always moves 32-bit slots, of which the upper 16 bits are handed
    /// on; the buffer size counts bytes of such slots; zeros are played while nothing is written; both calls wait without a limit.
    /// </summary>
    public sealed class I2sCodecs : ICodecPair
    {
        private const int InputSlotBytes = 8;

        /// <summary>One piece is on its way to the pins and one is being filled.</summary>
        private const int SparePieces = 2;

        private readonly int _outputBus;
        private readonly int _inputBus;
        private readonly int _bufferFrames;
        private int _hertz;
        private I2sDevice _output;
        private I2sDevice _input;

        /// <param name="blockFrames">The longest block: each bus holds one whole.</param>
        public I2sCodecs(int outputBus, int inputBus, int blockFrames, int pieceFrames)
        {
            _outputBus = outputBus;
            _inputBus = inputBus;
            _bufferFrames = blockFrames + (SparePieces * pieceFrames);
        }

        public uint SetRate(uint milliHertz)
        {
            int hertz = milliHertz < 46050000 ? 44100 : milliHertz < 72000000 ? 48000 : 96000;
            if (hertz != _hertz)
            {
                Close();
                _output = Open(_outputBus, I2sMode.Master | I2sMode.Tx, hertz, Pcm5102aPcm1808.FrameBytes);
                _input = Open(_inputBus, I2sMode.Master | I2sMode.Rx, hertz, InputSlotBytes);
                _hertz = hertz;
            }

            return (uint)hertz * 1000;
        }

        public void Play(byte[] frames, int at, int count) => _output.Write(new SpanByte(frames, at, count));

        public void Sample(byte[] frames, int at, int count) => _input.Read(new SpanByte(frames, at, count));

        private I2sDevice Open(int bus, I2sMode mode, int hertz, int slotBytes)
        {
            I2sConnectionSettings settings = new I2sConnectionSettings(bus);
            settings.Mode = mode;
            settings.BitsPerSample = I2sBitsPerSample.Bit16;
            settings.ChannelFormat = I2sChannelFormat.RightLeft;
            settings.CommunicationFormat = I2sCommunicationFormat.I2S;
            settings.SampleRate = hertz;
            settings.BufferSize = _bufferFrames * slotBytes;
            return I2sDevice.Create(settings);
        }

        private void Close()
        {
            _hertz = 0;
            if (_output != null)
            {
                _output.Dispose();
                _output = null;
            }

            if (_input != null)
            {
                _input.Dispose();
                _input = null;
            }
        }
    }
}
