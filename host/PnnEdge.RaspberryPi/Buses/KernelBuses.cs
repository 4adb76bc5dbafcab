using System.Device.Gpio;
using System.Device.I2c;
using System.Device.Spi;
using PnnEdge.RaspberryPi.Chips;
using PnnEdge.RaspberryPi.Lines;
using PnnEdge.RaspberryPi.Rigs;
using PnnEdge.Training.Systems;

namespace PnnEdge.RaspberryPi.Buses;

/// <summary>This computer's own buses, through System.Device.Gpio. Nothing is bit-banged: a bus that the kernel does not have is an error.</summary>
internal sealed class KernelBuses : PiBuses
{
    private readonly PiRig _rig;

    /// <param name="root">Before the kernel's paths; empty but in tests.</param>
    /// <exception cref="PhysicalSystemException">One sentence: what was looked for, and what was found.</exception>
    public KernelBuses(PiRig rig, string root = "")
    {
        _rig = rig;
        string[] wanted = [.. rig.Chips.Select(chip => chip.Spi is SpiSettings spi ? KernelPaths.Of(spi) : KernelPaths.Of(chip.I2c!)).Distinct()];
        string[] missing = [.. wanted.Where(path => !File.Exists(root + path))];
        string[] gpio = Found(root, "gpiochip*");
        if (missing.Length == 0 && gpio.Length > 0) { return; }
        string[] found = [.. Found(root, "spidev*"), .. Found(root, "i2c-*"), .. gpio];
        throw new PhysicalSystemException(
            $"Rig {rig.Name} needs {string.Join(", ", wanted)} and a /dev/gpiochip; {(found.Length == 0 ? "this computer has no such device" : $"this computer has {string.Join(", ", found)}")} (on a Pi: dtparam=spi=on and dtparam=i2c_arm=on in config.txt, and a reboot).");
    }

    public override SpiDevice OpenSpi(ChipSettings chip, bool inBursts)
    {
        SpiSettings spi = chip.Spi!;
        var settings = new SpiConnectionSettings(spi.Bus, spi.Select) { ClockFrequency = spi.ClockHertz, Mode = ChipFacts.Of(chip.Kind).Mode };
        return Opened(KernelPaths.Of(spi), () => inBursts ? new BurstSpiDevice(KernelPaths.Of(spi), settings) : SpiDevice.Create(settings));
    }

    public override I2cDevice OpenI2c(ChipSettings chip) =>
        Opened(KernelPaths.Of(chip.I2c!), () => I2cDevice.Create(new I2cConnectionSettings(chip.I2c!.Bus, chip.I2c.Address)));

    public override GpioController OpenLines() => GpioChips.OpenHeader(_rig.Safety.GpioLabels);

    private static T Opened<T>(string path, Func<T> open)
    {
        try
        {
            // System.Device.Gpio opens at the first transfer; whether this user may is asked now.
            if (File.Exists(path)) { File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite).Dispose(); }
            return open();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PhysicalSystemException($"{path} cannot be opened: {e.Message.TrimEnd('.')}; its user is in the groups spi, i2c and gpio.", e);
        }
    }

    private static string[] Found(string root, string pattern) =>
        Directory.Exists($"{root}/dev") ? [.. Directory.EnumerateFiles($"{root}/dev", pattern).Select(path => path[root.Length..]).Order(StringComparer.Ordinal)] : [];
}
