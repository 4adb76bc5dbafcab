using PnnEdge.Firmware.Drivers.Host.Simulated;
using PnnEdge.Firmware.Drivers.Microchip;
using PnnEdge.Firmware.Drivers.Tests.Support;

namespace PnnEdge.Firmware.Drivers.Tests.Microchip;

/// <summary>Bytes by DS21298E, Figure 6-1, page 21: 00000 1 SGL D2, D1 D0 xxxxxx, xxxxxxxx.</summary>
public class Mcp3208Tests
{
    [Theory]
    [InlineData(0, "06 00 00")]
    [InlineData(1, "06 40 00")]
    [InlineData(3, "06 C0 00")]
    [InlineData(4, "07 00 00")]
    [InlineData(7, "07 C0 00")]
    public void A_reading_is_three_bytes_with_start_single_ended_and_channel(int channel, string bytes)
    {
        SpiTranscript bus = new(0xFF, 0xE9, 0x5C);
        Assert.Equal(0x95C, new Mcp3208(bus).Read(channel)); // three unknown bits, the null bit, 1001, 0101 1100
        Assert.Equal([bytes], bus.Lines);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(8)]
    public void A_channel_that_the_chip_does_not_have_is_refused_and_nothing_goes_over_the_bus(int channel)
    {
        SpiTranscript bus = new();
        Assert.Equal(-(int)ChipResult.Refused, new Mcp3208(bus).Read(channel));
        Assert.Empty(bus.Lines);
    }

    [Fact]
    public void A_line_that_nobody_drives_is_no_reading_of_4095() =>
        Assert.Equal(-(int)ChipResult.WrongAnswer, new Mcp3208(new SpiTranscript(0xFF, 0xFF, 0xFF)).Read(0));

    [Fact]
    public void A_transfer_cut_short_is_told() =>
        Assert.Equal(-(int)ChipResult.NoAnswer, new Mcp3208(new SpiTranscript(0, 0, 0) { CutShort = true }).Read(0));

    [Fact]
    public void The_simulated_chip_converts_the_channel_that_was_asked_for()
    {
        Mcp3208 driver = new(new SimulatedMcp3208(channel => 3 * ((512 * channel) + 0.5) / 4096, referenceVolts: 3));
        for (int channel = 0; channel < Mcp3208.Channels; channel++)
        {
            Assert.Equal(512 * channel, driver.Read(channel)); // in the middle of a code: rounding cannot matter
        }
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(5, 4095)]
    public void The_simulated_chip_saturates_at_its_rails(double volts, int code) =>
        Assert.Equal(code, new Mcp3208(new SimulatedMcp3208(_ => volts, referenceVolts: 3)).Read(0));

    [Fact]
    public void The_simulated_chip_repeats_its_bits_backwards_when_clocked_on()
    {
        // DS21298E section 5.0, page 19: after the last bit the result comes least significant bit first, then zeros.
        byte[] read = new byte[6];
        new SimulatedMcp3208(_ => 3.0 * 0x801 / 4096, referenceVolts: 3).Transfer([0x06, 0, 0, 0, 0, 0], read, 6);
        Assert.Equal([0x08, 0x01, 0b0000_0000, 0b0010_0000, 0], [(byte)(read[1] & 0x1F), read[2], read[3], read[4], read[5]]);
    }
}
