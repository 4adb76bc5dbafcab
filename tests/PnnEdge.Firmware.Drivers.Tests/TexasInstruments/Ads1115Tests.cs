using PnnEdge.Firmware.Drivers.Host.Simulated;
using PnnEdge.Firmware.Drivers.Tests.Support;
using PnnEdge.Firmware.Drivers.TexasInstruments;

namespace PnnEdge.Firmware.Drivers.Tests.TexasInstruments;

/// <summary>Bytes by SBAS444D, register map, pages 27–29. Config is OS MUX PGA MODE, DR COMP…: C3E3 is input 0 against ground, ±4.096 V, single shot, 860 SPS.</summary>
public class Ads1115Tests
{
    [Theory]
    [InlineData(0, "W 01 C3 E3", 0xC3)]
    [InlineData(1, "W 01 D3 E3", 0xD3)]
    [InlineData(3, "W 01 F3 E3", 0xF3)]
    public void A_reading_starts_a_single_shot_asks_until_it_is_done_and_takes_the_conversion(int channel, string start, byte done)
    {
        I2cTranscript bus = new([(byte)(done & 0x7F), 0xE3], [done, 0xE3], [0x12, 0x34]);
        Assert.Equal(0x9234, new Ads1115(bus, questions: 5).Read(channel));
        Assert.Equal([start, "W 01 R2", "W 01 R2", "W 00 R2"], bus.Lines);
    }

    [Theory]
    [InlineData(0x00, 0x00, 32768)]
    [InlineData(0x7F, 0xFF, 65535)]
    [InlineData(0x80, 0x00, 0)]
    [InlineData(0xFF, 0xFF, 32767)]
    public void Twos_complement_becomes_offset_binary(byte high, byte low, int code) =>
        Assert.Equal(code, new Ads1115(new I2cTranscript([0xC3, 0xE3], [high, low]), questions: 1).Read(0));

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public void A_channel_that_the_chip_does_not_have_is_refused_and_nothing_goes_over_the_bus(int channel)
    {
        I2cTranscript bus = new([0, 0]);
        Assert.Equal(-(int)ChipResult.Refused, new Ads1115(bus, questions: 1).Read(channel));
        Assert.Empty(bus.Lines);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void No_acknowledgement_at_any_step_is_told(int silentFrom) => Assert.Equal(
        -(int)ChipResult.NoAnswer, new Ads1115(new I2cTranscript([0xC3, 0xE3], [0, 0]) { SilentFrom = silentFrom }, questions: 1).Read(0));

    [Fact]
    public void A_conversion_that_does_not_end_is_given_up_after_as_many_questions()
    {
        I2cTranscript bus = new([0x43, 0xE3]);
        Assert.Equal(-(int)ChipResult.NotReady, new Ads1115(bus, questions: 3).Read(0));
        Assert.Equal(4, bus.Lines.Count);
    }

    [Fact]
    public void A_config_that_was_not_kept_is_told() => // after a brown-out: the reset value, input 0 against 1, ±2.048 V
        Assert.Equal(-(int)ChipResult.WrongAnswer, new Ads1115(new I2cTranscript([0x85, 0x83]), questions: 3).Read(0));

    [Fact]
    public void The_simulated_chip_converts_the_channel_that_was_asked_for_to_125_microvolts_a_code()
    {
        Ads1115 driver = new(new SimulatedAds1115(channel => (channel * 1.0) + 0.0000625, questionsBusy: 2), questions: 4);
        Assert.Equal([32768, 40768, 48768, 56768], Enumerable.Range(0, 4).Select(driver.Read));
    }

    [Fact]
    public void The_simulated_chip_is_busy_for_as_long_as_it_was_told() =>
        Assert.Equal(-(int)ChipResult.NotReady, new Ads1115(new SimulatedAds1115(_ => 0, questionsBusy: 5), questions: 5).Read(0));
}
