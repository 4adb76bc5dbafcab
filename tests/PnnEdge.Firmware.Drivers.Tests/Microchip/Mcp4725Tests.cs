using PnnEdge.Firmware.Drivers.Host.Simulated;
using PnnEdge.Firmware.Drivers.Microchip;
using PnnEdge.Firmware.Drivers.Tests.Support;

namespace PnnEdge.Firmware.Drivers.Tests.Microchip;

/// <summary>Bytes by DS22039D, Figure 6-1, page 24 (fast write: 0 0 PD1 PD0 D11–D8, D7–D0) and Figure 6-3, page 26 (read).</summary>
public class Mcp4725Tests
{
    [Theory]
    [InlineData(0x000, "00 00", 0x00, 0x00)]
    [InlineData(0xFFF, "0F FF", 0xFF, 0xF0)]
    [InlineData(0x9A5, "09 A5", 0x9A, 0x50)]
    public void A_value_is_a_fast_write_and_is_read_back(int code, string bytes, byte high, byte low)
    {
        I2cTranscript bus = new([0xC0, high, low]);
        Assert.Equal(ChipResult.Ok, new Mcp4725(bus).Write(code));
        Assert.Equal([$"W {bytes}", "R3"], bus.Lines);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4096)]
    public void A_code_that_the_chip_does_not_have_is_refused_and_nothing_goes_over_the_bus(int code)
    {
        I2cTranscript bus = new([0, 0, 0]);
        Assert.Equal(ChipResult.Refused, new Mcp4725(bus).Write(code));
        Assert.Empty(bus.Lines);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void No_acknowledgement_of_the_write_or_of_the_read_is_told(int silentFrom) =>
        Assert.Equal(ChipResult.NoAnswer, new Mcp4725(new I2cTranscript([0xC0, 0, 0x10]) { SilentFrom = silentFrom }).Write(1));

    [Fact]
    public void A_register_that_kept_another_code_is_told() =>
        Assert.Equal(ChipResult.WrongAnswer, new Mcp4725(new I2cTranscript([0xC0, 0x00, 0x20])).Write(1));

    [Fact]
    public void A_chip_that_is_powered_down_does_not_drive_its_code() =>
        Assert.Equal(-(int)ChipResult.WrongAnswer, new Mcp4725(new I2cTranscript([0xC2, 0x00, 0x10])).Read());

    [Fact]
    public void The_simulated_chip_drives_what_the_driver_asked_for()
    {
        SimulatedMcp4725 chip = new(supplyVolts: 3.3);
        Assert.Equal(1.65, chip.Volts); // half scale, as shipped
        Assert.Equal(ChipResult.Ok, new Mcp4725(chip).Write(1024));
        Assert.Equal(3.3 / 4, chip.Volts);
        chip.IsThere = false;
        Assert.Equal(ChipResult.NoAnswer, new Mcp4725(chip).Write(0));
        Assert.Equal(3.3 / 4, chip.Volts);
    }

    [Fact]
    public void The_simulated_chip_takes_the_long_write_of_figure_6_2_too()
    {
        SimulatedMcp4725 chip = new(supplyVolts: 4.096);
        chip.Write([0x40, 0x12, 0x30], 3); // 010 XX 00 X, D11–D4, D3–D0 XXXX
        Assert.Equal(0x123 / 1000.0, chip.Volts, 12); // 1 mV a code
        chip.Write([0x46, 0x12, 0x30], 3); // PD = 11
        Assert.Equal(double.NaN, chip.Volts);
    }

    [Fact]
    public void The_simulated_chip_does_not_let_its_EEPROM_wear_in_silence() =>
        Assert.Throws<NotSupportedException>(() => new SimulatedMcp4725(3.3).Write([0x60, 0, 0], 3));
}
