using System.Device.I2c;
using System.Device.Spi;
using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Drivers;
using PnnEdge.Firmware.Drivers.Host;
using PnnEdge.Firmware.Drivers.Microchip;
using PnnEdge.Firmware.Drivers.TexasInstruments;
using PnnEdge.RaspberryPi.Buses;

namespace PnnEdge.RaspberryPi.Chips;

/// <summary>A chip's driver on its bus, channel by channel.</summary>
/// <param name="Owned">Disposed at the end: the driver where it owns its bus, else the bus.</param>
/// <param name="Output">By channel; null for a chip of inputs.</param>
/// <param name="Input">By channel and reads per sample; null for a chip of outputs.</param>
internal sealed record OpenChip(IDisposable Owned, Func<int, IWordOutput>? Output, Func<int, int, IWordInput>? Input)
{
    /// <summary>How often to ask an ADS1115 whether it is done: each question is 0.5 ms at 100 kHz, 0.1 ms at 400 kHz.</summary>
    private const int Questions = 30;

    /// <summary>With our own drivers, of <c>PnnEdge.Firmware.Drivers</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A chip that we have none for.</exception>
    public static OpenChip Own(ChipKind kind, SpiDevice? spi, I2cDevice? i2c)
    {
        switch (kind)
        {
            case ChipKind.Mcp4922:
                var mcp4922 = new Mcp4922(new DesktopSpiPort(spi!));
                return Outputs(spi!, mcp4922.Write);
            case ChipKind.Mcp4725:
                var mcp4725 = new Mcp4725(new DesktopI2cPort(i2c!));
                return Outputs(i2c!, (_, code) => mcp4725.Write(code));
            case ChipKind.Mcp4728:
                var mcp4728 = new Mcp4728(new DesktopI2cPort(i2c!));
                return Outputs(i2c!, mcp4728.Write);
            case ChipKind.Dac7678:
                var dac7678 = new Dac7678(new DesktopI2cPort(i2c!));
                return Outputs(i2c!, dac7678.Write);
            case ChipKind.Mcp3204 or ChipKind.Mcp3208: // half of the other, asked in the same way
                var mcp3208 = new Mcp3208(new DesktopSpiPort(spi!));
                return new OpenChip(spi!, null, (channel, reads) => reads > 1 && spi is IBurstSpi bursts ? new Mcp3208Burst(bursts, channel, reads) : new WordInput(() => mcp3208.Read(channel), reads));
            case ChipKind.Ads1115:
                var ads1115 = new Ads1115(new DesktopI2cPort(i2c!), Questions);
                return new OpenChip(i2c!, null, (channel, reads) => new WordInput(() => ads1115.Read(channel), reads));
            default:
                throw new ArgumentOutOfRangeException(nameof(kind));
        }
    }

    private static OpenChip Outputs(IDisposable bus, Func<int, int, ChipResult> write) =>
        new(bus, channel => new WordOutput(code => write(channel, code) == ChipResult.Ok), null);
}
