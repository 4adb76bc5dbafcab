using System.Device.I2c;
using System.Device.Spi;
using Iot.Device.Adc;
using Iot.Device.DAC;
using Iot.Device.Pwm;
using PnnEdge.Firmware.Drivers;
using UnitsNet;
using PackagedAds1115 = Iot.Device.Ads1115;

namespace PnnEdge.RaspberryPi.Chips;

/// <summary>What throws in a driver of the package is a word that was not set or read.</summary>
internal static partial class PackagedDrivers
{
    /// <summary>The fastest of the chip's pulses (prescaler 3 of a 25 MHz oscillator): least ripple behind the low-pass.</summary>
    private const double PulseHertz = 1526;

    /// <summary>The package scales volts to 4095 steps where the data sheet has 4096: of this reference a volt is a code.</summary>
    private static readonly ElectricPotential Reference = ElectricPotential.FromVolts(4095);

    static partial void Add(Dictionary<ChipKind, ChipOpener> openers)
    {
        openers[ChipKind.Mcp3008] = (spi, _) => OfMcp3xxx(new Mcp3008(spi!));
        openers[ChipKind.Mcp3204] = (spi, _) => OfMcp3xxx(new Mcp3204(spi!));
        openers[ChipKind.Mcp3208] = (spi, _) => OfMcp3xxx(new Mcp3208(spi!));
        openers[ChipKind.Ads1115] = (_, i2c) => OfAds1115(i2c!);
        openers[ChipKind.Ad5328] = (spi, _) => OfAd5328(spi!);
        openers[ChipKind.Pca9685] = (_, i2c) => OfPca9685(i2c!);
    }

    private static OpenChip OfMcp3xxx(Mcp3xxx chip) =>
        new(chip, null, (channel, reads) => new WordInput(() => Reading(() => chip.Read(channel)), reads));

    private static OpenChip OfAds1115(I2cDevice i2c)
    {
        var chip = new PackagedAds1115.Ads1115(
            i2c, PackagedAds1115.InputMultiplexer.AIN0, PackagedAds1115.MeasuringRange.FS4096, PackagedAds1115.DataRate.SPS860, PackagedAds1115.DeviceMode.PowerDown);
        return new OpenChip(chip, null, (channel, reads) => new WordInput(() => Reading(() => (ushort)chip.ReadRaw(PackagedAds1115.InputMultiplexer.AIN0 + channel) ^ 0x8000), reads));
    }

    private static OpenChip OfAd5328(SpiDevice spi)
    {
        var chip = new AD5328(spi, Reference, Reference);
        return new OpenChip(chip, channel => Output(code => chip.SetVoltage((ushort)channel, ElectricPotential.FromVolts(code))), null);
    }

    private static OpenChip OfPca9685(I2cDevice i2c)
    {
        var chip = new Pca9685(i2c, PulseHertz);
        return new OpenChip(chip, channel => new WordOutput(code => Done(() => chip.SetDutyCycle(channel, code / 4096.0)) && Reading(() => (int)Math.Round(chip.GetDutyCycle(channel) * 4096)) == code), null);
    }

    private static WordOutput Output(Action<int> write) => new WordOutput(code => Done(() => write(code)));

    private static bool Done(Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or TimeoutException)
        {
            return false;
        }
    }

    private static int Reading(Func<int> read)
    {
        try
        {
            return read();
        }
        catch (IOException)
        {
            return -(int)ChipResult.NoAnswer;
        }
        catch (InvalidOperationException)
        {
            return -(int)ChipResult.WrongAnswer;
        }
        catch (TimeoutException)
        {
            return -(int)ChipResult.NotReady;
        }
    }
}
