using System.Device.Gpio;
using System.Device.Gpio.Drivers;
using System.Runtime.InteropServices;
using PnnEdge.Training.Systems;

namespace PnnEdge.RaspberryPi.Lines;

/// <summary>
/// The GPIO chip of the header, by its label: a Pi 5's was gpiochip4, became gpiochip0 (raspberrypi/linux#6144), and a line
/// of the wrong chip may switch something else.
/// </summary>
internal static class GpioChips
{
    /// <exception cref="PhysicalSystemException">One sentence: which labels were looked for, which are there.</exception>
    public static GpioController OpenHeader(IReadOnlyList<string> labels)
    {
        (string _, Func<IList<GpioChipInfo>> list, Func<GpioChipInfo, GpioDriver> open) = Libraries.FirstOrDefault(library => IsInstalled(library.Name));
        if (list is null)
        {
            throw new PhysicalSystemException($"The GPIO header needs {string.Join(" or ", Libraries.Select(library => library.Name))}, and neither is installed: apt install libgpiod3 (Debian 12: libgpiod2).");
        }

        try
        {
            return new GpioController(open(Choose(list(), labels)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PhysicalSystemException($"The GPIO chips cannot be read: {e.Message.TrimEnd('.')}; their user is in the group gpio.", e);
        }
    }

    /// <summary>The first of the labels that a chip has.</summary>
    public static GpioChipInfo Choose(IEnumerable<GpioChipInfo> chips, IReadOnlyList<string> labels)
    {
        // A Pi 5 has a link gpiochip4 to gpiochip0, which is no second chip.
        GpioChipInfo[] there = [.. chips.DistinctBy(chip => chip.Name)];
        foreach (string label in labels)
        {
            GpioChipInfo[] named = [.. there.Where(chip => chip.Label == label)];
            if (named.Length == 1) { return named[0]; }
            if (named.Length > 1) { throw new PhysicalSystemException($"{named.Length} GPIO chips have the label {label}: {string.Join(", ", named.Select(chip => chip.Name))}."); }
        }

        string found = there.Length == 0 ? "there is no GPIO chip" : $"there {(there.Length == 1 ? "is" : "are")} {string.Join(", ", there.Select(chip => $"{chip.Label} ({chip.Name})"))}";
        throw new PhysicalSystemException($"No GPIO chip has the label {string.Join(" or ", labels)}; {found}.");
    }

    private static bool IsInstalled(string library)
    {
        if (!NativeLibrary.TryLoad(library, out nint handle)) { return false; }
        NativeLibrary.Free(handle);
        return true;
    }

    /// <summary>Version 2 of libgpiod's interface is Debian 13's, version 1 Debian 12's; both read the labels from the kernel.</summary>
    private static readonly (string Name, Func<IList<GpioChipInfo>> List, Func<GpioChipInfo, GpioDriver> Open)[] Libraries =
    [
        ("libgpiod.so.3", LibGpiodV2Driver.GetAvailableChips, chip => new LibGpiodV2Driver(chip)),
        ("libgpiod.so.2", LibGpiodDriver.GetAvailableChips, chip => new LibGpiodDriver(chip)),
    ];
}
