using PnnEdge.RaspberryPi.Chips;
using PnnEdge.RaspberryPi.Rigs;
using PnnEdge.RaspberryPi.Tests.Support;

namespace PnnEdge.RaspberryPi.Tests.Rigs;

public class PiRigTests
{
    [Fact]
    public void Every_rig_that_comes_with_the_library_can_be_loaded() => Assert.All(PiRig.Names, name => PiRig.Load(name));

    [Fact]
    public void The_default_rig_is_what_its_file_says()
    {
        PiRig rig = PiRig.Load(PiRig.Default);
        Assert.Equal(("circuit", 1000.0, 27, 22, 150), (rig.System, rig.SampleRateHz, rig.Safety.EnableLine, rig.Safety.InterlockLine, rig.Safety.MonostableMilliseconds));
        Assert.Equal([ChipKind.Mcp4922, ChipKind.Mcp3208, ChipKind.Mcp4728], rig.Chips.Select(chip => chip.Kind));
        Assert.Equal(0x60, rig.Chip("bias-dac").I2c!.Address);
    }

    [Theory]
    [InlineData("kind: mcp4922", "kind: mcp9999", "file, line 10: asked chips.kind for \"mcp9999\"; possible is mcp4922, mcp4725, mcp4728, dac7678, mcp3204, mcp3208, ads1115, mcp3008, ad5328, pca9685.")]
    [InlineData("name: pi-circuit", "nam: pi-circuit", "file, line 3: there is no setting nam; possible are name, system, serial, sample_rate_hz, message_micros, settle_milliseconds, chips, stimulus, measurement, actuators, safety.")]
    [InlineData("line: 27", "line: twenty", "asked safety.enable_line for \"twenty\"; possible is a whole number.")]
    [InlineData("  enable_line: 27\n", "", "safety.enable_line is missing.")]
    [InlineData("chips:", "chips: {", "file, line ")]
    [InlineData("spi: {bus: 0, select: 0, clock_hertz: 10000000}", "i2c: {bus: 1, address: 0x61}", "chip dac is a mcp4922, which is on spi, and on that alone.")]
    [InlineData("clock_hertz: 1000000}", "clock_hertz: 3000000}", "chip adc has a clock of 3000000 Hz; a mcp3208 takes 1000 to 1000000 Hz.")]
    [InlineData("address: 0x60", "address: 0x80", "chip bias-dac has address 0x80; an I2C bus has 0x08 to 0x77.")]
    [InlineData("name: adc", "name: dac", "chip dac stands there twice.")]
    [InlineData("select: 1", "select: 0", "place /dev/spidev0.0 stands there twice.")]
    [InlineData("chip: dac", "chip: dacc", "drive is on chip dacc, which is not there; there are dac, adc, bias-dac.")]
    [InlineData("chip: dac", "chip: adc", "drive is an output, and the mcp3208 adc has inputs only.")]
    [InlineData("chip: adc", "chip: dac", "node is an input, and the mcp4922 dac has outputs only.")]
    [InlineData("channel: 0", "channel: 2", "drive is channel 2 of the mcp4922 dac, which has 0 to 1.")]
    [InlineData("name: node", "name: drive", "channel name drive stands there twice.")]
    [InlineData("sample_rate_hz: 1000", "sample_rate_hz: 20000", "sample_rate_hz is 20000; its buses take 169 µs a sample, which leaves room for 1 to 2962 Hz.")]
    [InlineData("sample_rate_hz: 1000", "sample_rate_hz: .nan", "sample_rate_hz is NaN; ")]
    [InlineData("message_micros: 70", "message_micros: 0", "message_micros is 0; a message costs 1 to 10000 µs.")]
    [InlineData("settle_milliseconds: 20", "settle_milliseconds: 600", "settle_milliseconds is 600; possible are 0 to 500 ms.")]
    [InlineData("limit_min_volts: -3.1", "limit_min_volts: -3.3", "Channel drive needs its safe value inside its limits and these inside its range")]
    [InlineData("safe_volts: 0", "safe_volts: 3.15", "Channel drive needs its safe value inside its limits")]
    [InlineData("safe_volts: 0", "safe_volts: .nan", "Channel drive needs its safe value inside its limits")]
    [InlineData("enable_line: 27", "enable_line: 22", "GPIO22 is enable and interlock; a pin has one use.")]
    [InlineData("enable_line: 27", "enable_line: 8", "GPIO8 is dac-select and enable; a pin has one use.")]
    [InlineData("gpio_labels: [pinctrl-rp1, pinctrl-bcm2711, pinctrl-bcm2835]", "gpio_labels: []", "safety has no gpio_labels;")]
    [InlineData("monostable_milliseconds: 150", "monostable_milliseconds: 50", "monostable_milliseconds is 50; with edges 20 ms apart it lasts 80 to 1000 ms.")]
    public void A_file_that_cannot_be_is_answered_in_one_sentence(string line, string instead, string sentence)
    {
        InvalidDataException told = Assert.Throws<InvalidDataException>(() => PiRig.Parse(TestRigs.Yaml(line, instead), "file"));
        Assert.Contains(sentence, told.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', told.Message);
        Assert.EndsWith(".", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stimulus_on_filtered_pulses_is_refused()
    {
        string yaml = TestRigs.Yaml("kind: mcp4922\n    spi: {bus: 0, select: 0, clock_hertz: 10000000}", "kind: pca9685\n    i2c: {bus: 1, address: 0x40}");
        Assert.Equal(
            "Rig file: drive is on a pca9685, whose filtered pulses are for actuators; a stimulus changes with every sample.",
            Assert.Throws<InvalidDataException>(() => PiRig.Parse(yaml, "file")).Message);
    }

    [Fact]
    public void A_file_that_is_not_there_is_told_with_the_names_of_those_that_are() => Assert.Equal(
        "There is no file nowhere.yaml, and none of these rigs is called so: circuit, loopback.",
        Assert.Throws<InvalidDataException>(() => PiRig.Load("nowhere.yaml")).Message);

    [Fact]
    public void More_reads_of_a_sample_cost_their_bits_and_no_further_message()
    {
        PiRig one = TestRigs.Circuit, four = one with { Measurement = one.Measurement with { Reads = 4 } };
        // Three more conversions: 3 bytes of 9 clocks at 1 MHz each.
        Assert.Equal(3 * 27, BusTime.SampleMicros(four) - BusTime.SampleMicros(one), 1e-9);
    }

    [Fact]
    public void An_input_on_I2C_costs_its_conversion_and_its_messages_each_time()
    {
        PiRig rig = TestRigs.Circuit;
        rig = rig with
        {
            Chips = [rig.Chips[0], new ChipSettings { Name = "adc", Kind = ChipKind.Ads1115, I2c = new I2cSettings { Bus = 1, Address = 0x48, ClockHertz = 400_000 } }],
            Measurement = rig.Measurement with { Reads = 2 },
        };
        // DAC: 70 + 2 bytes at 10 MHz; ADC twice: 3 messages, 14 bytes of 9 clocks at 400 kHz, 1279 µs.
        Assert.Equal(70 + 1.8 + (2 * ((3 * 70) + 315 + 1279)), BusTime.SampleMicros(rig), 1e-9);
    }
}
