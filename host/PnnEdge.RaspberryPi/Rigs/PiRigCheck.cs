using PnnEdge.Firmware.Core;
using PnnEdge.Firmware.Core.Converters;
using PnnEdge.Firmware.Core.Loop;
using PnnEdge.RaspberryPi.Buses;
using PnnEdge.RaspberryPi.Chips;

namespace PnnEdge.RaspberryPi.Rigs;

/// <summary>Can a rig be what its file says? Told in the first sentence that is wrong.</summary>
internal static class PiRigCheck
{
    private const int MostReads = 64;

    /// <summary>The monostable survives what is between two edges twice over.</summary>
    private const int LeastMonostableMillis = 2 * ((WordConverters.PulseMicros / 1000) + DeviceThreads.LoopWaitMillis);

    /// <exception cref="InvalidDataException">One sentence.</exception>
    public static PiRig Require(PiRig rig, string source)
    {
        if (FirstWrong(rig) is string wrong) { throw new InvalidDataException($"Rig {source}: {wrong}."); }
        try
        {
            BoardCheck.Require(PiBoard.Describe(rig, simulated: true));
        }
        catch (ArgumentException volts)
        {
            throw new InvalidDataException($"Rig {source}: {volts.Message}", volts);
        }

        return rig;
    }

    private static string? FirstWrong(PiRig rig) =>
        rig.Chips.Select(ChipWrong).FirstOrDefault(wrong => wrong is not null)
        ?? Twice(rig.Chips.Select(chip => chip.Name), "chip")
        ?? Twice(rig.Chips.Select(PlaceOf), "place")
        ?? Outputs(rig).Select(output => ChannelWrong(rig, output.Name, output.Chip, output.Channel, isInput: false)).FirstOrDefault(wrong => wrong is not null)
        ?? ChannelWrong(rig, rig.Measurement.Name, rig.Measurement.Chip, rig.Measurement.Channel, isInput: true)
        ?? Twice(Outputs(rig).Select(output => output.Name).Append(rig.Measurement.Name), "channel name")
        ?? Twice(Outputs(rig).Select(output => $"{output.Chip} {output.Channel}"), "output")
        ?? StimulusWrong(rig)
        ?? TimesWrong(rig)
        ?? LinesWrong(rig);

    private static IEnumerable<OutputSettings> Outputs(PiRig rig) => rig.Actuators.Prepend(rig.Stimulus);

    private static string? ChipWrong(ChipSettings chip)
    {
        var facts = ChipFacts.Of(chip.Kind);
        if ((chip.Spi is null) == facts.IsSpi || (chip.I2c is null) != facts.IsSpi)
        {
            return $"chip {chip.Name} is a {facts.Name}, which is on {(facts.IsSpi ? "spi" : "i2c")}, and on that alone";
        }

        int hertz = chip.Spi?.ClockHertz ?? chip.I2c!.ClockHertz;
        if (hertz < 1000 || hertz > facts.MostHertz)
        {
            return $"chip {chip.Name} has a clock of {hertz} Hz; a {facts.Name} takes 1000 to {facts.MostHertz} Hz";
        }

        return chip.I2c is { Address: < 0x08 or > 0x77 } wrong
            ? $"chip {chip.Name} has address 0x{wrong.Address:X2}; an I2C bus has 0x08 to 0x77"
            : null;
    }

    private static string PlaceOf(ChipSettings chip) => chip.Spi is SpiSettings spi ? KernelPaths.Of(spi) : $"0x{chip.I2c!.Address:X2} on {KernelPaths.Of(chip.I2c)}";

    private static string? Twice(IEnumerable<string> names, string what) =>
        names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } group ? $"{what} {group.Key} stands there twice" : null;

    private static string? ChannelWrong(PiRig rig, string name, string chipName, int channel, bool isInput)
    {
        if (rig.Chips.FirstOrDefault(chip => chip.Name == chipName) is not ChipSettings chip)
        {
            return $"{name} is on chip {chipName}, which is not there; there {(rig.Chips.Length == 1 ? "is" : "are")} {string.Join(", ", rig.Chips.Select(chip => chip.Name))}";
        }

        var facts = ChipFacts.Of(chip.Kind);
        if (facts.IsInput != isInput) { return $"{name} is an {(isInput ? "input" : "output")}, and the {facts.Name} {chipName} has {(isInput ? "outputs" : "inputs")} only"; }
        return channel < 0 || channel >= facts.Channels ? $"{name} is channel {channel} of the {facts.Name} {chipName}, which has 0 to {facts.Channels - 1}" : null;
    }

    private static string? StimulusWrong(PiRig rig) => rig.Chip(rig.Stimulus.Chip).Kind == ChipKind.Pca9685
        ? $"{rig.Stimulus.Name} is on a pca9685, whose filtered pulses are for actuators; a stimulus changes with every sample"
        : null;

    private static string? TimesWrong(PiRig rig)
    {
        if (rig.Measurement.Reads is < 1 or > MostReads) { return $"{rig.Measurement.Name} has {rig.Measurement.Reads} reads; a sample has 1 to {MostReads}"; }
        if (!(rig.MessageMicros >= 1 && rig.MessageMicros <= 10_000)) { return $"message_micros is {rig.MessageMicros}; a message costs 1 to 10000 µs"; }
        if (rig.SettleMilliseconds is < 0 or > PiBoard.LongestTransferMillis / 2) { return $"settle_milliseconds is {rig.SettleMilliseconds}; possible are 0 to {PiBoard.LongestTransferMillis / 2} ms"; }
        double fastest = BusTime.FastestHz(rig);
        return rig.SampleRateHz >= 1 && rig.SampleRateHz <= fastest
            ? null
            : FormattableString.Invariant($"sample_rate_hz is {rig.SampleRateHz}; its buses take {BusTime.SampleMicros(rig):F0} µs a sample, which leaves room for 1 to {Math.Floor(fastest):F0} Hz");
    }

    private static string? LinesWrong(PiRig rig)
    {
        SafetySettings safety = rig.Safety;
        if (safety.GpioLabels.Length == 0) { return "safety has no gpio_labels; a Pi 5's header is on pinctrl-rp1, a Pi 4's on pinctrl-bcm2711"; }
        if (safety.EnableLine < 0 || safety.InterlockLine < 0) { return $"enable_line is {safety.EnableLine} and interlock_line {safety.InterlockLine}; a GPIO's number is not negative"; }
        if (HeaderPins.Of(rig).GroupBy(pin => pin.Gpio).FirstOrDefault(pins => pins.Count() > 1) is { } shared)
        {
            return $"GPIO{shared.Key} is {string.Join(" and ", shared.Select(pin => pin.Signal))}; a pin has one use";
        }

        return safety.MonostableMilliseconds is >= LeastMonostableMillis and <= 1000
            ? null
            : $"monostable_milliseconds is {safety.MonostableMilliseconds}; with edges {WordConverters.PulseMicros / 1000} ms apart it lasts {LeastMonostableMillis} to 1000 ms";
    }
}
