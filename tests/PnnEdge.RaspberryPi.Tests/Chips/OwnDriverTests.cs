using System.Device.Spi;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Drivers.Host.Simulated;
using PnnEdge.RaspberryPi.Buses;
using PnnEdge.RaspberryPi.Chips;
using PnnEdge.RaspberryPi.Tests.Support;

namespace PnnEdge.RaspberryPi.Tests.Chips;

/// <summary>Chips that the package has no driver for, channel by channel; their transcripts are with the drivers, in PnnEdge.Firmware.Drivers.Tests.</summary>
public class OwnDriverTests
{
    [Fact]
    public void Each_channel_of_an_output_chip_is_that_channel()
    {
        var mcp4922 = new SimulatedMcp4922(referenceVolts: 1);
        var mcp4725 = new SimulatedMcp4725(supplyVolts: 1);
        var mcp4728 = new SimulatedMcp4728(supplyVolts: 1);
        var dac7678 = new SimulatedDac7678(referenceVolts: 1);
        Assert.True(DriverTests.OnSpi(ChipKind.Mcp4922, new RecordedSpi(mcp4922)).Output!(1).Write(1024));
        Assert.True(DriverTests.OnI2c(ChipKind.Mcp4725, new RecordedI2c(mcp4725)).Output!(0).Write(1024));
        Assert.True(DriverTests.OnI2c(ChipKind.Mcp4728, new RecordedI2c(mcp4728)).Output!(3).Write(1024));
        Assert.True(DriverTests.OnI2c(ChipKind.Dac7678, new RecordedI2c(dac7678)).Output!(6).Write(1024));
        Assert.Equal([0.25, 0.25, 0.25, 0.25], [mcp4922.Volts(1), mcp4725.Volts, mcp4728.Volts(3), dac7678.Volts(6)]);
    }

    [Fact]
    public void An_output_that_does_not_answer_says_so()
    {
        var chip = new SimulatedMcp4728(supplyVolts: 1);
        IWordOutput output = DriverTests.OnI2c(ChipKind.Mcp4728, new RecordedI2c(chip)).Output!(0);
        chip.IsThere = false;
        Assert.False(output.Write(1));
        Assert.False(DriverTests.OnSpi(ChipKind.Mcp4922, new RecordedSpi(new SimulatedMcp4922(1)) { IsCut = true }).Output!(0).Write(1));
    }

    [Fact]
    public void Repeated_reads_of_an_MCP3208_are_one_message_of_as_many_frames()
    {
        var bus = new Bursts(new SimulatedMcp3208(_ => 0.25, referenceVolts: 1));
        Assert.Equal(1024, OpenChip.Own(ChipKind.Mcp3208, bus, null).Input!(6, 3).Read());
        Assert.Equal(["07 80 00 07 80 00 07 80 00"], bus.Messages);
    }

    [Fact]
    public void A_message_that_did_not_go_is_no_reading()
    {
        var bus = new Bursts(new SimulatedMcp3208(_ => 0.25, referenceVolts: 1)) { IsCut = true };
        Assert.True(OpenChip.Own(ChipKind.Mcp3208, bus, null).Input!(0, 3).Read() < 0);
    }

    private sealed class Bursts(SimulatedMcp3208 chip) : SimulatedSpiDevice(chip, new SpiConnectionSettings(0, 0), () => { }), IBurstSpi
    {
        public List<string> Messages { get; } = [];

        public bool IsCut { get; set; }

        public void TransferFrames(byte[] write, byte[] read, int frameBytes, int frames)
        {
            if (IsCut) { throw new IOException("cut"); }
            Messages.Add(RecordedSpi.Hex(write, frameBytes * frames));
            for (int at = 0; at < frameBytes * frames; at += frameBytes) { TransferFullDuplex(write.AsSpan(at, frameBytes), read.AsSpan(at, frameBytes)); }
        }
    }
}
