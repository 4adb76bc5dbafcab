using PnnEdge.Firmware.Drivers.Ports;

namespace PnnEdge.Firmware.Drivers.Host.Simulated
{
    /// <summary>The chip's side of DS22250A section 5.2, page 23, and Register 5-1, page 24: 16 clocks under one chip select are a command, fewer are none, more are ignored.</summary>
    public sealed class SimulatedMcp4922 : ISpiPort
    {
        private readonly double _referenceVolts;
        private readonly double[] _volts = { double.NaN, double.NaN };

        public SimulatedMcp4922(double referenceVolts)
        {
            _referenceVolts = referenceVolts;
        }

        /// <summary>V; not a number while the output is at high impedance, as it is after power-up.</summary>
        public double Volts(int channel) => _volts[channel];

        public bool Transfer(byte[] write, byte[] read, int count)
        {
            for (int i = 0; i < count; i++)
            {
                read[i] = 0xFF; // there is no data output: the line floats to its pull-up
            }

            if (count >= 2)
            {
                int word = (write[0] << 8) | write[1];
                double gain = (word & 0x2000) != 0 ? 1 : 2;
                _volts[word >> 15] = (word & 0x1000) != 0 ? gain * _referenceVolts * (word & 0x0FFF) / 4096 : double.NaN;
            }

            return true;
        }
    }
}
