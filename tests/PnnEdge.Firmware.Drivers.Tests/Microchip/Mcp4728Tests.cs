using PnnEdge.Firmware.Drivers.Host.Simulated;
using PnnEdge.Firmware.Drivers.Microchip;
using PnnEdge.Firmware.Drivers.Tests.Support;

namespace PnnEdge.Firmware.Drivers.Tests.Microchip;

/// <summary>Bytes by DS22187E, Figure 5-8, page 39 (01000 DAC1 DAC0 UDAC, VREF PD1 PD0 Gx D11–D8, D7–D0) and Figure 5-15, page 45 (read).</summary>
public class Mcp4728Tests
{
    [Theory]
    [InlineData(0, 0x000, "40 00 00", 3)]
    [InlineData(1, 0x9A5, "42 09 A5", 9)]
    [InlineData(3, 0xFFF, "46 0F FF", 21)]
    public void A_value_is_a_multi_write_of_one_channel_and_its_register_is_read_back(int channel, int code, string bytes, int read)
    {
        I2cTranscript bus = new(Answer(channel, (byte)(code >> 8), (byte)code));
        Assert.Equal(ChipResult.Ok, new Mcp4728(bus).Write(channel, code));
        Assert.Equal([$"W {bytes}", $"R{read}"], bus.Lines);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(4, 0)]
    [InlineData(0, -1)]
    [InlineData(0, 4096)]
    public void What_the_chip_does_not_have_is_refused_and_nothing_goes_over_the_bus(int channel, int code)
    {
        I2cTranscript bus = new(new byte[24]);
        Assert.Equal(ChipResult.Refused, new Mcp4728(bus).Write(channel, code));
        Assert.Empty(bus.Lines);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void No_acknowledgement_of_the_write_or_of_the_read_is_told(int silentFrom) =>
        Assert.Equal(ChipResult.NoAnswer, new Mcp4728(new I2cTranscript(Answer(2, 0, 1)) { SilentFrom = silentFrom }).Write(2, 1));

    [Theory]
    [InlineData(0x00, 0x02)] // another code
    [InlineData(0x20, 0x01)] // powered down
    [InlineData(0x80, 0x01)] // on the internal reference
    [InlineData(0x10, 0x01)] // gain 2
    public void A_register_that_kept_something_else_is_told(byte high, byte low) =>
        Assert.Equal(ChipResult.WrongAnswer, new Mcp4728(new I2cTranscript(Answer(2, high, low))).Write(2, 1));

    [Fact]
    public void An_answer_of_another_channel_is_told()
    {
        byte[] answer = Answer(2, 0, 1);
        answer[12] = 0xC0;
        Assert.Equal(ChipResult.WrongAnswer, new Mcp4728(new I2cTranscript(answer)).Write(2, 1));
    }

    [Fact]
    public void The_simulated_chip_drives_one_channel_and_leaves_the_others()
    {
        SimulatedMcp4728 chip = new(supplyVolts: 3.3);
        Assert.Equal(ChipResult.Ok, new Mcp4728(chip).Write(2, 1024));
        Assert.Equal([0, 0, 3.3 / 4, 0], Enumerable.Range(0, 4).Select(chip.Volts));
    }

    [Fact]
    public void The_simulated_chip_takes_several_channels_in_one_write_as_figure_5_8_says()
    {
        SimulatedMcp4728 chip = new(supplyVolts: 4.096);
        chip.Write([0x40, 0x08, 0x00, 0x06, 0x01, 0x23], 6); // the command's bits are not looked at again
        Assert.Equal([2.048, 0, 0, 0x123 / 1000.0], Enumerable.Range(0, 4).Select(chip.Volts));
        chip.Write([0x42, 0x60, 0x00], 3); // PD = 11
        Assert.Equal(double.NaN, chip.Volts(1));
    }

    [Theory]
    [InlineData(new byte[] { 0x50, 0, 0 })] // sequential write
    [InlineData(new byte[] { 0x58, 0, 0 })] // single write
    public void The_simulated_chip_does_not_let_its_EEPROM_wear_in_silence(byte[] bytes) =>
        Assert.Throws<NotSupportedException>(() => new SimulatedMcp4728(3.3).Write(bytes, 3));

    /// <summary>What the chip says up to one channel: its register, after the registers and EEPROMs of those before.</summary>
    private static byte[] Answer(int channel, byte high, byte low)
    {
        byte[] answer = new byte[(6 * channel) + 3];
        (answer[^3], answer[^2], answer[^1]) = ((byte)(0xC0 | (channel << 4)), high, low);
        return answer;
    }
}
