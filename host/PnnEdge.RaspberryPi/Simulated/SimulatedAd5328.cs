using PnnEdge.Firmware.Drivers.Ports;

namespace PnnEdge.RaspberryPi.Simulated;

/// <summary>
/// The AD5328's side of its serial interface with LDAC low, gain 1: 16 clocks under one SYNC are a word; bit 15 clear writes output A2–A0
/// (bits 14–12) with D11–D0, V = VREF·D/4096. Words of control (bit 15 set) are refused loudly.
/// Source: Analog Devices AD5308/AD5318/AD5328 Rev. F (2011): "Input Shift Register", "DAC Write", Table 6 and the state after power-on, page 16;
/// Figure 34 and the control words, Tables 7 and 8, page 17; the LDAC pin, page 18; a SYNC that rises early, Table 5, page 8. That it ignores what follows
/// sixteen clocks is ours: the sheet has SYNC rise after the sixteenth.
/// </summary>
internal sealed class SimulatedAd5328(double referenceVolts) : ISpiPort
{
    private readonly double[] _volts = new double[8]; // power-on reset to 0 V

    public double Volts(int channel) => _volts[channel];

    public bool Transfer(byte[] write, byte[] read, int count)
    {
        Array.Fill(read, (byte)0xFF, 0, count); // there is no data output: the line floats to its pull-up
        if (count < 2) { return true; }
        int word = (write[0] << 8) | write[1];
        if ((word & 0x8000) != 0) { throw new NotSupportedException($"Control word 0x{word:X4} was sent; the simulated AD5328 knows writes of its outputs."); }
        _volts[word >> 12] = referenceVolts * (word & 0x0FFF) / 4096;
        return true;
    }
}
