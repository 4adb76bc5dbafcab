using PnnEdge.RaspberryPi.Simulated;

namespace PnnEdge.RaspberryPi.Tests.Simulated;

/// <summary>What the data sheets say of the AD5328 and the PCA9685 beyond the drivers' own way of speaking to them.</summary>
public class SimulatedChipTests
{
    [Fact]
    public void An_AD5328_takes_sixteen_clocks_ignores_what_follows_and_drops_what_is_shorter() // Rev. F, pages 8 and 16
    {
        var chip = new SimulatedAd5328(referenceVolts: 4.096);
        byte[] read = new byte[3];
        chip.Transfer([0x21, 0x00, 0xFF], read, 3);
        chip.Transfer([0x3F], read, 1);
        Assert.Equal([0.256, 0.0], [chip.Volts(2), chip.Volts(3)]);
    }

    [Fact]
    public void An_AD5328_is_not_reprogrammed_in_silence() =>
        Assert.Throws<NotSupportedException>(() => new SimulatedAd5328(1).Transfer([0xA0, 0x00], new byte[2], 2));

    [Fact]
    public void A_PCA9685_begins_asleep_with_every_output_full_off() // MODE1 = 11h, LEDn_OFF_H = 10h, PRE_SCALE = 1Eh: Rev. 4, pages 14, 21 and 25
    {
        var chip = new SimulatedPca9685();
        Assert.Equal([0x11, 0x10, 0x1E], [Read(chip, 0x00), Read(chip, 0x45), Read(chip, 0xFE)]);
        Write(chip, 0x08, 0x00);
        Write(chip, 0x09, 0x08);
        Assert.Equal(0, chip.Duty(0));
        Write(chip, 0x00, 0x01);
        Assert.Equal(0.5, chip.Duty(0));
    }

    [Fact]
    public void A_PCA9685_s_prescaler_is_only_written_asleep() // page 13, note 1
    {
        var chip = new SimulatedPca9685();
        Write(chip, 0x00, 0x01);
        Write(chip, 0xFE, 0x55);
        Assert.Equal(0x1E, Read(chip, 0xFE));
        Write(chip, 0x00, 0x11);
        Write(chip, 0xFE, 0x55);
        Assert.Equal(0x55, Read(chip, 0xFE));
    }

    [Fact]
    public void A_PCA9685_stays_at_its_register_until_auto_increment_is_on_and_then_rolls_over() // pages 13 and 14
    {
        var chip = new SimulatedPca9685();
        chip.Write([0x06, 0x01, 0x02, 0x03], 4);
        Assert.Equal([0x03, 0x00], [Read(chip, 0x06), Read(chip, 0x07)]);
        Write(chip, 0x00, 0x31);
        chip.Write([0x44, 0x07, 0x08, 0x31, 0x04], 5); // past 45h comes 00h
        Assert.Equal([0x07, 0x08, 0x31, 0x04], [Read(chip, 0x44), Read(chip, 0x45), Read(chip, 0x00), Read(chip, 0x01)]);
    }

    [Fact]
    public void Full_on_is_1_and_full_off_wins() // page 24
    {
        var chip = new SimulatedPca9685();
        Write(chip, 0x00, 0x01);
        Write(chip, 0x07, 0x10);
        Write(chip, 0x09, 0x00);
        Assert.Equal(1, chip.Duty(0));
        Write(chip, 0x09, 0x10);
        Assert.Equal(0, chip.Duty(0));
    }

    [Fact]
    public void All_outputs_of_a_PCA9685_can_be_set_at_once_and_read_as_zero_there() // page 13
    {
        var chip = new SimulatedPca9685();
        Write(chip, 0x00, 0x01);
        Write(chip, 0xFD, 0x04);
        Assert.All(Enumerable.Range(0, 16), output => Assert.Equal(0.25, chip.Duty(output)));
        Assert.Equal(0, Read(chip, 0xFD));
    }

    private static void Write(SimulatedPca9685 chip, byte register, byte value) => chip.Write([register, value], 2);

    private static int Read(SimulatedPca9685 chip, byte register)
    {
        byte[] value = new byte[1];
        chip.WriteRead([register], 1, value, 1);
        return value[0];
    }
}
