using System.Device.Spi;
using PnnEdge.RaspberryPi.Buses;
using PnnEdge.RaspberryPi.Chips;
using PnnEdge.RaspberryPi.Rigs;
using PnnEdge.RaspberryPi.Systems;
using PnnEdge.RaspberryPi.Tests.Support;
using PnnEdge.Training.Systems;

namespace PnnEdge.RaspberryPi.Tests.Buses;

public sealed class KernelBusesTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public void A_computer_without_such_devices_is_told_what_was_looked_for() => Assert.Equal(
        "Rig pi-circuit needs /dev/spidev0.0, /dev/spidev0.1, /dev/i2c-1 and a /dev/gpiochip; this computer has no such device (on a Pi: dtparam=spi=on and dtparam=i2c_arm=on in config.txt, and a reboot).",
        Assert.Throws<PhysicalSystemException>(() => new KernelBuses(TestRigs.Circuit, _root)).Message);

    [Fact]
    public void One_bus_too_few_is_told_with_those_that_are_there()
    {
        Have("spidev0.0", "spidev0.1", "gpiochip0");
        Assert.StartsWith(
            "Rig pi-circuit needs /dev/spidev0.0, /dev/spidev0.1, /dev/i2c-1 and a /dev/gpiochip; this computer has /dev/spidev0.0, /dev/spidev0.1, /dev/gpiochip0 (",
            Assert.Throws<PhysicalSystemException>(() => new KernelBuses(TestRigs.Circuit, _root)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_is_needed_as_the_buses_are()
    {
        Have("spidev0.0", "spidev0.1", "i2c-1");
        Assert.Throws<PhysicalSystemException>(() => new KernelBuses(TestRigs.Circuit, _root));
        Have("gpiochip0");
        _ = new KernelBuses(TestRigs.Circuit, _root);
    }

    [Fact]
    public void An_AD5328_is_clocked_so_that_a_bit_stands_still_at_the_falling_edge_and_an_MCP4922_at_the_rising_one() // Rev. F, page 16; DS22250A, page 23
    {
        Have("spidev0.0", "spidev0.1", "spidev1.0", "gpiochip0");
        PiRig rig = PiRig.Parse(TestRigs.Yaml("kind: mcp4728\n    i2c: {bus: 1, address: 0x60}", "kind: ad5328\n    spi: {bus: 1, select: 0, clock_hertz: 10000000}"), "file");
        var buses = new KernelBuses(rig, _root);
        SpiMode ModeOf(ChipKind kind)
        {
            using SpiDevice device = buses.OpenSpi(rig.Chips.Single(chip => chip.Kind == kind), inBursts: false);
            return device.ConnectionSettings.Mode;
        }

        Assert.Equal((SpiMode.Mode1, SpiMode.Mode0), (ModeOf(ChipKind.Ad5328), ModeOf(ChipKind.Mcp4922)));
    }

    [Fact]
    public void A_bench_opened_on_a_computer_without_buses_ends_in_that_sentence()
    {
        Assert.SkipWhen(Directory.EnumerateFiles("/dev", "spidev*").Any(), "skipped: this computer has SPI devices");
        Assert.StartsWith(
            "Rig pi-circuit needs /dev/spidev0.0",
            Assert.Throws<PhysicalSystemException>(() => PiSystem.Open(TestRigs.Circuit, ShotShape.Throughout(8), TimeProvider.System)).Message,
            StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private void Have(params string[] devices)
    {
        Directory.CreateDirectory($"{_root}/dev");
        foreach (string device in devices) { File.WriteAllText($"{_root}/dev/{device}", string.Empty); }
    }
}
