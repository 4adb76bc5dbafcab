using PnnEdge.Firmware.Core.Ports;
using PnnEdge.RaspberryPi.Chips;
using PnnEdge.RaspberryPi.Simulated;
using PnnEdge.RaspberryPi.Tests.Chips;
using PnnEdge.RaspberryPi.Tests.Support;

namespace PnnEdge.RaspberryPi.Tests.Bindings;

/// <summary>What only the package's drivers do, or may not do.</summary>
public class PackagedDriverTests
{
    [Fact]
    public void The_package_drives_the_chips_that_it_has() => Assert.Equal(
        [ChipKind.Mcp3204, ChipKind.Mcp3208, ChipKind.Ads1115, ChipKind.Mcp3008, ChipKind.Ad5328, ChipKind.Pca9685], Enum.GetValues<ChipKind>().Where(kind => PackagedDrivers.Of(kind) is not null));

    [Fact]
    public void A_PCA9685_that_does_not_acknowledge_did_not_take_its_value()
    {
        var chip = new SimulatedPca9685();
        IWordOutput output = DriverTests.OnI2c(ChipKind.Pca9685, new RecordedI2c(chip)).Output!(0);
        Assert.True(output.Write(100));
        chip.IsThere = false;
        Assert.False(output.Write(100));
    }

    [Fact]
    public void A_PCA9685_that_kept_another_value_did_not_take_it()
    {
        var chip = new Forgetful(new SimulatedPca9685());
        IWordOutput output = DriverTests.OnI2c(ChipKind.Pca9685, new RecordedI2c(chip)).Output!(0);
        chip.Forgets = true;
        Assert.False(output.Write(100));
    }

    [Fact]
    public void An_AD5328_whose_bus_is_cut_did_not_take_its_value() =>
        Assert.False(DriverTests.OnSpi(ChipKind.Ad5328, new RecordedSpi(new SimulatedAd5328(1)) { IsCut = true }).Output!(0).Write(1));

    private sealed class Forgetful(SimulatedPca9685 chip) : Firmware.Drivers.Ports.II2cPort
    {
        public bool Forgets { get; set; }

        public bool Write(byte[] data, int count) => (Forgets && count > 1) || chip.Write(data, count);

        public bool Read(byte[] into, int count) => chip.Read(into, count);

        public bool WriteRead(byte[] write, int writeCount, byte[] into, int readCount) => chip.WriteRead(write, writeCount, into, readCount);
    }
}
