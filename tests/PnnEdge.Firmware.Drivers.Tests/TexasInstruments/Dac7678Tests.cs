using PnnEdge.Firmware.Drivers.Host.Simulated;
using PnnEdge.Firmware.Drivers.Tests.Support;
using PnnEdge.Firmware.Drivers.TexasInstruments;

namespace PnnEdge.Firmware.Drivers.Tests.TexasInstruments;

/// <summary>Bytes by SBAS493C, Tables 7, 12, 16, 17 and 18, pages 28–34: C3–C0 A3–A0, D11–D4, D3–D0 XXXX.</summary>
public class Dac7678Tests
{
    [Theory]
    [InlineData(0, 0x000, "30 00 00", "10", 0x00, 0x00)]
    [InlineData(3, 0x9A5, "33 9A 50", "13", 0x9A, 0x50)]
    [InlineData(7, 0xFFF, "37 FF F0", "17", 0xFF, 0xF0)]
    public void A_value_is_write_and_update_of_one_channel_and_its_register_is_read_back(
        int channel, int code, string bytes, string read, byte high, byte low)
    {
        I2cTranscript bus = new([high, low]);
        Assert.Equal(ChipResult.Ok, new Dac7678(bus).Write(channel, code));
        Assert.Equal([$"W {bytes}", $"W {read} R2"], bus.Lines);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(8, 0)]
    [InlineData(15, 0)] // all channels at once, to the chip
    [InlineData(0, -1)]
    [InlineData(0, 4096)]
    public void What_the_chip_does_not_have_is_refused_and_nothing_goes_over_the_bus(int channel, int code)
    {
        I2cTranscript bus = new([0, 0]);
        Assert.Equal(ChipResult.Refused, new Dac7678(bus).Write(channel, code));
        Assert.Empty(bus.Lines);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void No_acknowledgement_of_the_write_or_of_the_read_is_told(int silentFrom) =>
        Assert.Equal(ChipResult.NoAnswer, new Dac7678(new I2cTranscript([0, 0x10]) { SilentFrom = silentFrom }).Write(0, 1));

    [Fact]
    public void A_register_that_kept_another_code_is_told() =>
        Assert.Equal(ChipResult.WrongAnswer, new Dac7678(new I2cTranscript([0, 0x20])).Write(0, 1));

    [Fact]
    public void The_simulated_chip_drives_one_channel_and_leaves_the_others()
    {
        SimulatedDac7678 chip = new(referenceVolts: 2.5);
        Assert.Equal(ChipResult.Ok, new Dac7678(chip).Write(5, 2048));
        Assert.Equal([0, 0, 0, 0, 0, 1.25, 0, 0], Enumerable.Range(0, 8).Select(chip.Volts));
    }

    [Fact]
    public void The_simulated_chip_holds_an_input_back_until_it_is_updated()
    {
        SimulatedDac7678 chip = new(referenceVolts: 4.096);
        chip.Write([0x02, 0x80, 0x00], 3);
        Assert.Equal(0, chip.Volts(2));
        chip.Write([0x12, 0x00, 0x00], 3);
        Assert.Equal(2.048, chip.Volts(2), 12);
    }

    [Theory]
    [InlineData(0x38)]
    [InlineData(0x3E)]
    public void The_simulated_chip_has_no_channel_for_access_1000_to_1110(byte command) // Table 17: invalid code
    {
        SimulatedDac7678 chip = new(referenceVolts: 4);
        Assert.Throws<NotSupportedException>(() => chip.Write([command, 0x40, 0x00], 3));
        Assert.Equal(0, chip.Volts(command & 7));
    }

    [Fact]
    public void The_simulated_chip_broadcasts_on_access_1111()
    {
        SimulatedDac7678 chip = new(referenceVolts: 4);
        chip.Write([0x3F, 0x40, 0x00], 3);
        Assert.All(Enumerable.Range(0, 8), channel => Assert.Equal(1, chip.Volts(channel)));
    }
}
