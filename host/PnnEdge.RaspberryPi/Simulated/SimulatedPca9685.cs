using PnnEdge.Firmware.Drivers.Host.Simulated;

namespace PnnEdge.RaspberryPi.Simulated;

/// <summary>
/// The PCA9685's side of its register map: pointer, auto-increment, on and off counts; an output's duty cycle is what its low-pass makes volts of.
/// Source: NXP PCA9685 Rev. 4 (16 April 2015), Table 4, pages 10–13 (registers; page 13: PRE_SCALE blocked unless asleep, where auto-increment rolls over);
/// Table 5, page 14 (MODE1: AI is bit 5, SLEEP bit 4, reset value 11h); Table 7, pages 21–24 (bit 4 of ON_H is full on, of OFF_H full off, which wins: page 24);
/// Table 8, page 25 (all outputs at once, PRE_SCALE's reset value 1Eh).
/// </summary>
internal sealed class SimulatedPca9685 : SimulatedI2cChip
{
    private const int Mode1 = 0x00, FirstOutput = 0x06, LastOutput = 0x45, AllOutputs = 0xFA, PreScale = 0xFE;
    private const int Sleep = 0x10, AutoIncrement = 0x20, Full = 0x10;

    private readonly byte[] _registers = new byte[256];
    private int _pointer;

    public SimulatedPca9685()
    {
        _registers[Mode1] = 0x11;
        _registers[PreScale] = 0x1E;
        for (int output = 0; output < 16; output++) { _registers[FirstOutput + (4 * output) + 3] = Full; }
    }

    /// <summary>0 to 1; 0 while it sleeps, for then its clock is off.</summary>
    public double Duty(int output)
    {
        int at = FirstOutput + (4 * output), on = Count(at), off = Count(at + 2);
        if ((_registers[Mode1] & Sleep) != 0 || (_registers[at + 3] & Full) != 0) { return 0; }
        return (_registers[at + 1] & Full) != 0 ? 1 : (double)((off - on + 4096) % 4096) / 4096;
    }

    protected override void Take(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) { return; }
        _pointer = bytes[0];
        foreach (byte value in bytes[1..])
        {
            Write(_pointer, value);
            Advance();
        }
    }

    protected override void Give(Span<byte> bytes)
    {
        foreach (ref byte value in bytes)
        {
            value = _pointer >= AllOutputs && _pointer < PreScale ? (byte)0 : _registers[_pointer];
            Advance();
        }
    }

    private int Count(int at) => _registers[at] | ((_registers[at + 1] & 0x0F) << 8);

    private void Write(int register, byte value)
    {
        if (register >= AllOutputs && register < PreScale)
        {
            for (int at = FirstOutput + register - AllOutputs; at <= LastOutput; at += 4) { _registers[at] = value; }
            return;
        }

        if (register > LastOutput && register != PreScale) { throw new NotSupportedException($"Register 0x{register:X2} was written, which the PCA9685 reserves."); }
        if (register == PreScale && (_registers[Mode1] & Sleep) == 0) { return; }
        _registers[register] = value;
    }

    private void Advance()
    {
        if ((_registers[Mode1] & AutoIncrement) == 0) { return; }
        _pointer = _pointer == LastOutput ? Mode1 : _pointer == PreScale ? 0 : _pointer + 1;
    }
}
