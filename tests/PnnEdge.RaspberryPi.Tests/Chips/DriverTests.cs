using System.Device.I2c;
using System.Device.Spi;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Drivers.Host.Simulated;
using PnnEdge.RaspberryPi.Chips;
using PnnEdge.RaspberryPi.Tests.Support;

namespace PnnEdge.RaspberryPi.Tests.Chips;

/// <summary>
/// Chips that both have drivers for, by the driver that this build uses: Iot.Device.Bindings' with -p:IotBindings=true, ours otherwise. What goes over the
/// bus is the data sheet's either way.
/// </summary>
public class DriverTests
{
    [Theory]
    [InlineData(0, "06 00 00")]
    [InlineData(5, "07 40 00")]
    [InlineData(7, "07 C0 00")]
    public void An_MCP3208_is_asked_with_start_bit_single_ended_and_channel(int channel, string bytes) // DS21298E, Figure 6-1, page 21
    {
        var bus = new RecordedSpi(new SimulatedMcp3208(asked => asked == channel ? 0.5 : 0, referenceVolts: 1));
        Assert.Equal(2048, OnSpi(ChipKind.Mcp3208, bus).Input!(channel, 1).Read());
        Assert.Equal([bytes], bus.Lines);
    }

    [Fact]
    public void An_MCP3204_is_asked_as_an_MCP3208()
    {
        var bus = new RecordedSpi(new SimulatedMcp3208(asked => asked == 3 ? 0.5 : 0, referenceVolts: 1));
        Assert.Equal(2048, OnSpi(ChipKind.Mcp3204, bus).Input!(3, 1).Read());
        Assert.Equal(["06 C0 00"], bus.Lines);
    }

    [Fact]
    public void An_MCP3208_that_is_gone_gives_no_reading() // the line is pulled up
    {
        var bus = new RecordedSpi(new Silent());
        Assert.True(OnSpi(ChipKind.Mcp3208, bus).Input!(0, 1).Read() < 0);
    }

    [Theory]
    [InlineData(0, "W 01 C3 E3")]
    [InlineData(3, "W 01 F3 E3")]
    public void An_ADS1115_makes_a_single_shot_of_4_volts_range_at_860_a_second(int channel, string start) // SBAS444D, Config register, pages 28–29
    {
        var chip = new SimulatedAds1115(asked => asked == channel ? 1.0 : 0, questionsBusy: 2);
        var bus = new RecordedI2c(chip);
        IWordInput input = OnI2c(ChipKind.Ads1115, bus).Input!(channel, 1);
        bus.Lines.Clear();
        Assert.Equal(32768 + 8000, input.Read()); // 125 µV a code
        // Two questions find it busy, the third done; the package reads the Conversion register in two transfers, we in one.
        string[] conversion = PackagedDrivers.AreThere ? ["W 00", "R 2"] : ["W 00 R 2"];
        Assert.Equal([start, "W 01 R 2", "W 01 R 2", "W 01 R 2", .. conversion], bus.Lines);
    }

    [Fact]
    public void A_second_reading_of_the_same_ADS1115_input_is_a_new_conversion()
    {
        double volts = 1;
        IWordInput input = OnI2c(ChipKind.Ads1115, new RecordedI2c(new SimulatedAds1115(_ => volts, questionsBusy: 1))).Input!(2, 1);
        Assert.Equal(40768, input.Read());
        volts = 2;
        Assert.Equal(48768, input.Read());
    }

    [Fact]
    public void An_ADS1115_that_does_not_acknowledge_gives_no_reading()
    {
        var chip = new SimulatedAds1115(_ => 0, questionsBusy: 1);
        IWordInput input = OnI2c(ChipKind.Ads1115, new RecordedI2c(chip)).Input!(0, 1);
        chip.IsThere = false;
        Assert.True(input.Read() < 0);
    }

    [Fact]
    public void Several_reads_of_an_input_are_averaged_to_the_nearest_code()
    {
        int read = 0;
        var bus = new RecordedSpi(new SimulatedMcp3208(_ => new[] { 100, 101, 101, 101 }[read++ % 4] / 4096.0, referenceVolts: 1));
        Assert.Equal(101, OnSpi(ChipKind.Mcp3208, bus).Input!(0, 4).Read());
        Assert.Equal(4, bus.Lines.Count);
    }

    internal static OpenChip OnSpi(ChipKind kind, RecordedSpi bus)
    {
        SpiDevice device = new SimulatedSpiDevice(bus, new SpiConnectionSettings(0, 0), () => { });
        return PackagedDrivers.Of(kind)?.Invoke(device, null) ?? OpenChip.Own(kind, device, null);
    }

    internal static OpenChip OnI2c(ChipKind kind, RecordedI2c bus)
    {
        I2cDevice device = new SimulatedI2cDevice(bus, new I2cConnectionSettings(1, 0x48), () => { });
        return PackagedDrivers.Of(kind)?.Invoke(null, device) ?? OpenChip.Own(kind, null, device);
    }

    private sealed class Silent : Firmware.Drivers.Ports.ISpiPort
    {
        public bool Transfer(byte[] write, byte[] read, int count)
        {
            Array.Fill(read, (byte)0xFF, 0, count);
            return true;
        }
    }
}
