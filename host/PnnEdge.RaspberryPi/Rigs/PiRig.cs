using PnnEdge.RaspberryPi.Chips;
using PnnEdge.Training.Files;

namespace PnnEdge.RaspberryPi.Rigs;

/// <summary>What is wired to a Pi: chips on its buses, what their channels are on the bench, safety lines. A data file of <c>Rigs/</c> or the user's own.</summary>
public sealed record PiRig
{
    public required string Name { get; init; }

    /// <summary>The system in whose experiments it stands, such as <c>circuit</c>.</summary>
    public required string System { get; init; }

    /// <summary>Told apart from other benches of the same rig.</summary>
    public uint Serial { get; init; } = 1;

    public required double SampleRateHz { get; init; }

    /// <summary>
    /// What one message costs on top of its bits, µs: system call, kernel, chip select. 70 is what somebody measured on the first Pi
    /// (raspberrypi.stackexchange.com, question 45607), newer ones are faster; measure yours.
    /// </summary>
    public double MessageMicros { get; init; } = 70;

    /// <summary>From an actuator's new value, or the closed relay, to a bench at rest.</summary>
    public int SettleMilliseconds { get; init; }

    public required ChipSettings[] Chips { get; init; }

    public required OutputSettings Stimulus { get; init; }

    public required InputSettings Measurement { get; init; }

    public OutputSettings[] Actuators { get; init; } = [];

    public required SafetySettings Safety { get; init; }

    public static IReadOnlyList<string> Names => YamlRecords.Names(typeof(PiRig).Assembly, "rigs");

    /// <summary>The rig of <c>hardware/pins/raspberry-pi.json</c>.</summary>
    public static string Default => "circuit";

    /// <param name="nameOrPath">One of <see cref="Names"/>, or a file.</param>
    /// <exception cref="InvalidDataException">One sentence.</exception>
    public static PiRig Load(string nameOrPath) =>
        PiRigCheck.Require(YamlRecords.Load<PiRig>(typeof(PiRig).Assembly, "rigs", nameOrPath), nameOrPath);

    /// <param name="source">For the sentences.</param>
    /// <exception cref="InvalidDataException">One sentence.</exception>
    public static PiRig Parse(string yaml, string source) => PiRigCheck.Require(YamlRecords.Parse<PiRig>(yaml, source), source);

    public ChipSettings Chip(string name) => Chips.Single(chip => chip.Name == name);
}

/// <summary>One converter chip; it is on one of the two kinds of bus.</summary>
public sealed record ChipSettings
{
    public required string Name { get; init; }

    public required ChipKind Kind { get; init; }

    public SpiSettings? Spi { get; init; }

    public I2cSettings? I2c { get; init; }
}

/// <summary>The kernel's <c>/dev/spidev{bus}.{select}</c>.</summary>
public sealed record SpiSettings
{
    public required int Bus { get; init; }

    public required int Select { get; init; }

    public required int ClockHertz { get; init; }
}

/// <summary>The kernel's <c>/dev/i2c-{bus}</c>.</summary>
public sealed record I2cSettings
{
    public required int Bus { get; init; }

    public required int Address { get; init; }

    /// <summary>Of the bus, as <c>dtparam=i2c_arm_baudrate</c> sets it: nobody can set it from here.</summary>
    public int ClockHertz { get; init; } = 100_000;
}

/// <summary>An output of a chip, in volts of the bench: code 0 is <see cref="MinVolts"/>, one code beyond the last is <see cref="MaxVolts"/>.</summary>
public sealed record OutputSettings
{
    public required string Name { get; init; }

    public required string Chip { get; init; }

    public required int Channel { get; init; }

    public required float MinVolts { get; init; }

    public required float MaxVolts { get; init; }

    /// <summary>What is obeyed inside of it.</summary>
    public required float LimitMinVolts { get; init; }

    public required float LimitMaxVolts { get; init; }

    /// <summary>Before communication starts, when the lease lapses and on any fault.</summary>
    public required float SafeVolts { get; init; }

    /// <summary>Largest change from one value to the next; the whole range where it is left out.</summary>
    public float? MaxStepVolts { get; init; }
}

/// <summary>An input of a chip, in volts of the bench, as <see cref="OutputSettings"/>.</summary>
public sealed record InputSettings
{
    public required string Name { get; init; }

    public required string Chip { get; init; }

    public required int Channel { get; init; }

    public required float MinVolts { get; init; }

    public required float MaxVolts { get; init; }

    /// <summary>Conversions of a sample that are averaged. On SPI all of them are one message to the kernel.</summary>
    public int Reads { get; init; } = 1;
}

/// <summary>The lines that keep a bench safe when this program does not.</summary>
public sealed record SafetySettings
{
    /// <summary>The GPIO chip of the header is the one with one of these labels; its number differs from kernel to kernel.</summary>
    public required string[] GpioLabels { get; init; }

    /// <summary>Into the retriggerable monostable.</summary>
    public required int EnableLine { get; init; }

    /// <summary>High while the interlock chain is closed.</summary>
    public required int InterlockLine { get; init; }

    /// <summary>What the monostable lasts.</summary>
    public required int MonostableMilliseconds { get; init; }
}
