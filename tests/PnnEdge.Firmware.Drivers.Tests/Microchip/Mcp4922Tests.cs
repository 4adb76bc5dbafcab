using PnnEdge.Firmware.Drivers.Host.Simulated;
using PnnEdge.Firmware.Drivers.Microchip;
using PnnEdge.Firmware.Drivers.Tests.Support;

namespace PnnEdge.Firmware.Drivers.Tests.Microchip;

/// <summary>Bytes by DS22250A, Register 5-1, page 24: A/B BUF GA SHDN D11–D0.</summary>
public class Mcp4922Tests
{
    [Theory]
    [InlineData(0, 0x000, "70 00")]
    [InlineData(0, 0xFFF, "7F FF")]
    [InlineData(0, 0xA5C, "7A 5C")]
    [InlineData(1, 0x000, "F0 00")]
    [InlineData(1, 0x801, "F8 01")]
    public void A_value_is_one_word_of_channel_buffered_gain_1_active_and_12_bits(int channel, int code, string bytes)
    {
        SpiTranscript bus = new();
        Assert.Equal(ChipResult.Ok, new Mcp4922(bus).Write(channel, code));
        Assert.Equal([bytes], bus.Lines);
    }

    [Theory]
    [InlineData(0, "60 00")]
    [InlineData(1, "E0 00")]
    public void Shut_down_clears_bit_12(int channel, string bytes)
    {
        SpiTranscript bus = new();
        Assert.Equal(ChipResult.Ok, new Mcp4922(bus).ShutDown(channel));
        Assert.Equal([bytes], bus.Lines);
    }

    [Theory]
    [InlineData(0, -1)]
    [InlineData(0, 4096)]
    [InlineData(-1, 0)]
    [InlineData(2, 0)]
    public void What_the_chip_does_not_have_is_refused_and_nothing_goes_over_the_bus(int channel, int code)
    {
        SpiTranscript bus = new();
        Assert.Equal(ChipResult.Refused, new Mcp4922(bus).Write(channel, code));
        Assert.Empty(bus.Lines);
    }

    [Fact]
    public void A_transfer_cut_short_is_told() =>
        Assert.Equal(ChipResult.NoAnswer, new Mcp4922(new SpiTranscript { CutShort = true }).Write(0, 1));

    [Fact]
    public void The_simulated_chip_drives_what_the_driver_asked_for()
    {
        SimulatedMcp4922 chip = new(referenceVolts: 3);
        Mcp4922 driver = new(chip);
        Assert.Equal(double.NaN, chip.Volts(0));
        driver.Write(0, 1024);
        driver.Write(1, 4095);
        Assert.Equal(0.75, chip.Volts(0));
        Assert.Equal(3 * 4095 / 4096.0, chip.Volts(1));
        driver.ShutDown(0);
        Assert.Equal((double.NaN, 3 * 4095 / 4096.0), (chip.Volts(0), chip.Volts(1)));
    }

    [Fact]
    public void The_simulated_chip_takes_no_word_of_fewer_than_16_clocks()
    {
        SimulatedMcp4922 chip = new(referenceVolts: 3);
        chip.Transfer([0x7F], new byte[1], 1);
        Assert.Equal(double.NaN, chip.Volts(0));
    }
}
