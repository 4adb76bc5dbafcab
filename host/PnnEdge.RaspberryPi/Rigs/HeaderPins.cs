namespace PnnEdge.RaspberryPi.Rigs;

/// <summary>One wire from the header, by the GPIO number that Broadcom gave it; hardware/pins has the same table for who solders it.</summary>
/// <param name="Part">What is at the wire's other end.</param>
internal sealed record HeaderPin(int Gpio, string Signal, string Part);

/// <summary>Which pins of the 40-pin header a rig uses. Those of a bus are fixed; of buses that only an overlay brings nothing is known here.</summary>
internal static class HeaderPins
{
    /// <summary>Clock, data out, data in, then the chip selects: SPI0 and SPI1 as <c>dtparam=spi=on</c> and <c>dtoverlay=spi1-3cs</c> set them.</summary>
    private static readonly Dictionary<int, int[]> Spi = new() { [0] = [11, 10, 9, 8, 7], [1] = [21, 20, 19, 18, 17, 16] };

    /// <summary>Data, clock; I2C0 belongs to HATs and cameras.</summary>
    private static readonly Dictionary<int, int[]> I2c = new() { [1] = [2, 3] };

    public static IReadOnlyList<HeaderPin> Of(PiRig rig)
    {
        List<HeaderPin> pins = [];
        foreach (IGrouping<int, ChipSettings> bus in rig.Chips.Where(chip => chip.Spi is not null && Spi.ContainsKey(chip.Spi.Bus)).GroupBy(chip => chip.Spi!.Bus))
        {
            int[] gpio = Spi[bus.Key];
            string parts = string.Join(", ", bus.Select(NameOf));
            pins.AddRange([new(gpio[0], $"spi{bus.Key}-clock", parts), new(gpio[1], $"spi{bus.Key}-data-out", parts), new(gpio[2], $"spi{bus.Key}-data-in", parts)]);
            pins.AddRange(bus.Where(chip => chip.Spi!.Select + 3 < gpio.Length).Select(chip => new HeaderPin(gpio[chip.Spi!.Select + 3], $"{chip.Name}-select", NameOf(chip))));
        }

        foreach (IGrouping<int, ChipSettings> bus in rig.Chips.Where(chip => chip.I2c is not null && I2c.ContainsKey(chip.I2c.Bus)).GroupBy(chip => chip.I2c!.Bus))
        {
            string parts = string.Join(", ", bus.Select(NameOf));
            pins.AddRange([new(I2c[bus.Key][0], $"i2c{bus.Key}-data", parts), new(I2c[bus.Key][1], $"i2c{bus.Key}-clock", parts)]);
        }

        return [.. pins, new(rig.Safety.EnableLine, "enable", "monostable"), new(rig.Safety.InterlockLine, "interlock", "interlock chain")];
    }

    private static string NameOf(ChipSettings chip) => chip.Kind.ToString().ToUpperInvariant();
}
