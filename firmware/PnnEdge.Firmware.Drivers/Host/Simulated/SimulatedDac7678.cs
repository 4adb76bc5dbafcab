using System;

namespace PnnEdge.Firmware.Drivers.Host.Simulated
{
    /// <summary>The chip's side of SBAS493C Tables 7 to 18, pages 28–34, with an external reference: input registers, outputs, and reading either.</summary>
    public sealed class SimulatedDac7678 : SimulatedI2cChip
    {
        private readonly double _referenceVolts;
        private readonly int[] _inputs = new int[8];
        private readonly int[] _outputs = new int[8];
        private int _command;

        public SimulatedDac7678(double referenceVolts)
        {
            _referenceVolts = referenceVolts;
        }

        /// <summary>V; zero scale after power-up, as the TSSOP part is.</summary>
        public double Volts(int channel) => _referenceVolts * _outputs[channel] / 4096;

        protected override void Take(ReadOnlySpan<byte> bytes)
        {
            _command = bytes[0];
            for (int at = 1; at + 1 < bytes.Length; at += 2)
            {
                Carry((bytes[at] << 4) | (bytes[at + 1] >> 4));
            }
        }

        protected override void Give(Span<byte> bytes)
        {
            int[] registers = (_command >> 4) switch { 0 => _inputs, 1 => _outputs, _ => throw Unknown("read") };
            int code = registers[(_command & 8) == 0 ? _command & 7 : throw Unknown("read")];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)(i % 2 == 0 ? code >> 4 : code << 4);
            }
        }

        private void Carry(int code)
        {
            bool all = (_command & 0x0F) == 0x0F;
            if ((_command & 8) != 0 && !all)
            {
                throw Unknown("write");
            }

            int first = all ? 0 : _command & 7, last = all ? 7 : first;
            for (int channel = first; channel <= last; channel++)
            {
                switch (_command >> 4)
                {
                    case 0:
                        _inputs[channel] = code;
                        break;
                    case 1:
                        _outputs[channel] = _inputs[channel];
                        break;
                    case 2:
                        _inputs[channel] = code;
                        Array.Copy(_inputs, _outputs, _inputs.Length);
                        break;
                    case 3:
                        _inputs[channel] = _outputs[channel] = code;
                        break;
                    default:
                        throw Unknown("write");
                }
            }
        }

        private NotSupportedException Unknown(string what) =>
            new NotSupportedException($"The {what} command 0x{_command:X2} was sent; the simulated DAC7678 knows those of its inputs and outputs.");
    }
}
