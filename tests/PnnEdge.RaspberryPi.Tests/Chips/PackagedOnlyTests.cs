using PnnEdge.Firmware.Drivers.Host.Simulated;
using PnnEdge.RaspberryPi.Chips;
using PnnEdge.RaspberryPi.Rigs;
using PnnEdge.RaspberryPi.Simulated;
using PnnEdge.RaspberryPi.Systems;
using PnnEdge.RaspberryPi.Tests.Support;
using PnnEdge.Physics;
using PnnEdge.Training.Systems;

namespace PnnEdge.RaspberryPi.Tests.Chips;

/// <summary>
/// Chips that only Iot.Device.Bindings drives: with it the package's driver is held against the data sheet's bytes, without it the bytes go to the
/// simulated chip by themselves, and a rig with such a chip is refused.
/// </summary>
public class PackagedOnlyTests
{
    [Theory]
    [InlineData(0, 0x000, "00 00")]
    [InlineData(3, 0x9A5, "39 A5")]
    [InlineData(7, 0xFFF, "7F FF")]
    public void An_AD5328_output_is_one_word_of_address_and_data(int channel, int code, string bytes) // AD5328 Rev. F, Table 6, page 16, and Figure 34, page 17
    {
        var chip = new SimulatedAd5328(referenceVolts: 4.096);
        var bus = new RecordedSpi(chip);
        Assert.True(WriteAd5328(bus, channel, code));
        Assert.Equal([bytes], bus.Lines);
        Assert.Equal(code / 1000.0, chip.Volts(channel), 12); // 1 mV a code
        Assert.All(Enumerable.Range(0, 8).Where(other => other != channel), other => Assert.Equal(0, chip.Volts(other)));
    }

    [Theory]
    [InlineData(0, "01 80 00")]
    [InlineData(5, "01 D0 00")]
    public void An_MCP3008_is_asked_with_start_bit_single_ended_and_channel_and_answers_in_ten_bits(int channel, string bytes)
    {
        var bus = new RecordedSpi(new SimulatedMcp3208(asked => asked == channel ? 0.75 : 0, referenceVolts: 1, bits: 10));
        Assert.Equal(768, ReadMcp3008(bus, channel));
        Assert.Equal([bytes], bus.Lines);
    }

    [Fact]
    public void Every_code_of_an_AD5328_is_met() // the package scales by 4095 where the chip has 4096
    {
        var chip = new SimulatedAd5328(referenceVolts: 4096);
        var bus = new RecordedSpi(chip);
        for (int code = 0; code < 4096; code++)
        {
            Assert.True(WriteAd5328(bus, 1, code));
            Assert.Equal(code, chip.Volts(1));
        }
    }

    [Theory]
    [InlineData(0, 0x000, 0)]
    [InlineData(2, 0x400, 0.25)]
    [InlineData(15, 0xFFF, 4095 / 4096.0)]
    public void A_PCA9685_output_is_high_for_its_part_of_the_period(int output, int code, double duty)
    {
        var chip = new SimulatedPca9685();
        var bus = new RecordedI2c(chip);
        Assert.True(WritePca9685(bus, output, code));
        Assert.Equal(duty, chip.Duty(output), 12);
        Assert.All(Enumerable.Range(0, 16).Where(other => other != output), other => Assert.Equal(0, chip.Duty(other)));
        Assert.Contains("W FE 03", bus.Lines); // 25 MHz / 4096 / 1526 Hz - 1, while asleep
        string off = code == 0 ? "00 10" : $"{code & 0xFF:X2} {code >> 8:X2}";
        Assert.Contains($"W {0x06 + (4 * output) + 2:X2} {off}", bus.Lines);
    }

    [Theory]
    [InlineData("ad5328")]
    [InlineData("pca9685")]
    public async Task A_rig_with_such_a_chip_opens_with_the_package_and_is_refused_in_one_sentence_without(string kind)
    {
        string place = kind == "ad5328" ? "spi: {bus: 1, select: 0, clock_hertz: 10000000}" : "i2c: {bus: 1, address: 0x40}";
        PiRig rig = PiRig.Parse(TestRigs.Yaml("kind: mcp4728\n    i2c: {bus: 1, address: 0x60}", $"kind: {kind}\n    {place}"), "file");
        PiSystem Opened() => PiSystem.OpenSimulated(rig, new EchoBench(actuatorCount: 1), ShotShape.Throughout(4), TimeProvider.System);
        if (!PackagedDrivers.AreThere)
        {
            Assert.Equal(
                $"Chip bias-dac is a {kind}, whose driver is in Iot.Device.Bindings; this program was built without it (dotnet build -p:IotBindings=true).",
                Assert.Throws<PhysicalSystemException>(Opened).Message);
            return;
        }

        await using PiSystem system = Opened();
        Measurement measured = await system.RunAsync(new Stimulus(0, 1, [1, 2, -1, 0], [0.5f]), CancellationToken.None);
        Assert.Equal([1f, 2f, -1f, 0f], measured.Volts.Select(volts => MathF.Round(volts, 2)));
    }

    private static int ReadMcp3008(RecordedSpi bus, int channel)
    {
        if (PackagedDrivers.AreThere) { return DriverTests.OnSpi(ChipKind.Mcp3008, bus).Input!(channel, 1).Read(); }
        byte[] read = new byte[3];
        bus.Transfer([0x01, (byte)(0x80 | (channel << 4)), 0x00], read, 3); // MCP3008: DS21295D, section 5.0, page 19
        return ((read[1] & 0x07) << 8 | read[2]) & 0x3FF;
    }

    private static bool WriteAd5328(RecordedSpi bus, int channel, int code) => PackagedDrivers.AreThere
        ? DriverTests.OnSpi(ChipKind.Ad5328, bus).Output!(channel).Write(code)
        : bus.Transfer([(byte)((channel << 4) | (code >> 8)), (byte)code], new byte[2], 2);

    private static bool WritePca9685(RecordedI2c bus, int output, int code)
    {
        if (PackagedDrivers.AreThere) { return DriverTests.OnI2c(ChipKind.Pca9685, bus).Output!(output).Write(code); }
        byte at = (byte)(0x06 + (4 * output));
        byte[][] writes = [[0x00, 0x31], [0xFE, 0x03], [0x00, 0x21], [at, 0, 0], [(byte)(at + 2), (byte)code, (byte)(code == 0 ? 0x10 : code >> 8)]];
        return writes.All(bytes => bus.Write(bytes, bytes.Length));
    }
}
