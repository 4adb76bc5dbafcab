using System.Device.I2c;
using System.Device.Spi;
using PnnEdge.Firmware.Drivers.Host.Simulated;
using PnnEdge.Firmware.Drivers.Ports;
using PnnEdge.Firmware.Drivers.TexasInstruments;
using PnnEdge.RaspberryPi.Buses;
using PnnEdge.RaspberryPi.Chips;
using PnnEdge.RaspberryPi.Rigs;

namespace PnnEdge.RaspberryPi.Simulated;

/// <summary>A simulated chip of a rig, in parts of its range: 0 is code 0, 1 is one code beyond the last.</summary>
/// <param name="Output">By channel; not a number where the pin does not drive.</param>
internal sealed record SimulatedChip(ISpiPort? Spi, SimulatedI2cChip? I2c, Func<int, double> Output)
{
    /// <summary>How often an ADS1115 is asked before it is done: a conversion of 1.2 ms, questions of 0.1 ms and more.</summary>
    private const int QuestionsBusy = 4;

    /// <param name="input">Of a channel of an input chip, a part of its range.</param>
    public static SimulatedChip Of(ChipKind kind, Func<int, double> input)
    {
        switch (kind)
        {
            case ChipKind.Mcp4922:
                var mcp4922 = new SimulatedMcp4922(referenceVolts: 1);
                return new SimulatedChip(mcp4922, null, mcp4922.Volts);
            case ChipKind.Mcp4725:
                var mcp4725 = new SimulatedMcp4725(supplyVolts: 1);
                return new SimulatedChip(null, mcp4725, _ => mcp4725.Volts);
            case ChipKind.Mcp4728:
                var mcp4728 = new SimulatedMcp4728(supplyVolts: 1);
                return new SimulatedChip(null, mcp4728, mcp4728.Volts);
            case ChipKind.Dac7678:
                var dac7678 = new SimulatedDac7678(referenceVolts: 1);
                return new SimulatedChip(null, dac7678, dac7678.Volts);
            case ChipKind.Ad5328:
                var ad5328 = new SimulatedAd5328(referenceVolts: 1);
                return new SimulatedChip(ad5328, null, ad5328.Volts);
            case ChipKind.Pca9685:
                var pca9685 = new SimulatedPca9685();
                return new SimulatedChip(null, pca9685, pca9685.Duty);
            case ChipKind.Mcp3008:
                return new SimulatedChip(new SimulatedMcp3208(input, referenceVolts: 1, bits: 10), null, _ => double.NaN);
            case ChipKind.Mcp3204 or ChipKind.Mcp3208:
                return new SimulatedChip(new SimulatedMcp3208(input, referenceVolts: 1), null, _ => double.NaN);
            case ChipKind.Ads1115:
                return new SimulatedChip(null, new SimulatedAds1115(channel => ((2 * input(channel)) - 1) * Ads1115.FullScaleVolts, QuestionsBusy), _ => double.NaN);
            default:
                throw new ArgumentOutOfRangeException(nameof(kind));
        }
    }

    public SpiDevice OnSpi(SpiSettings spi, Action moved) =>
        new BurstOfSimulated(Spi!, new SpiConnectionSettings(spi.Bus, spi.Select) { ClockFrequency = spi.ClockHertz }, moved);

    public I2cDevice OnI2c(I2cSettings i2c, Action moved) => new SimulatedI2cDevice(I2c!, new I2cConnectionSettings(i2c.Bus, i2c.Address), moved);

    private sealed class BurstOfSimulated(ISpiPort chip, SpiConnectionSettings settings, Action moved) : SimulatedSpiDevice(chip, settings, moved), IBurstSpi
    {
        public void TransferFrames(byte[] write, byte[] read, int frameBytes, int frames)
        {
            for (int at = 0; at < frameBytes * frames; at += frameBytes) { TransferFullDuplex(write.AsSpan(at, frameBytes), read.AsSpan(at, frameBytes)); }
        }
    }
}
