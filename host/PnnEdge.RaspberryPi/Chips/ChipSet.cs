using PnnEdge.Firmware.Core.Ports;
using PnnEdge.RaspberryPi.Buses;
using PnnEdge.RaspberryPi.Rigs;
using PnnEdge.Training.Systems;

namespace PnnEdge.RaspberryPi.Chips;

/// <summary>All chips of a rig, each opened once, and the ports of its channels in the board's order.</summary>
internal sealed class ChipSet : IDisposable
{
    private readonly Dictionary<string, OpenChip> _chips = [];

    /// <exception cref="PhysicalSystemException">One sentence.</exception>
    public ChipSet(PiRig rig, PiBuses buses)
    {
        try
        {
            foreach (ChipSettings chip in rig.Chips) { _chips.Add(chip.Name, Open(rig, chip, buses)); }
        }
        catch
        {
            Dispose();
            throw;
        }

        Stimulus = OutputOf(rig.Stimulus);
        Measurement = _chips[rig.Measurement.Chip].Input!(rig.Measurement.Channel, rig.Measurement.Reads);
        Actuators = [.. rig.Actuators.Select(OutputOf)];
    }

    public IWordOutput Stimulus { get; }

    public IWordInput Measurement { get; }

    public IWordOutput[] Actuators { get; }

    public void Dispose()
    {
        foreach (OpenChip chip in _chips.Values) { chip.Owned.Dispose(); }
    }

    private IWordOutput OutputOf(OutputSettings output) => _chips[output.Chip].Output!(output.Channel);

    private static OpenChip Open(PiRig rig, ChipSettings chip, PiBuses buses)
    {
        // Repeated reads in one message are ours alone: the package reads word by word.
        bool inBursts = chip.Kind is ChipKind.Mcp3204 or ChipKind.Mcp3208 && rig.Measurement.Reads > 1;
        ChipOpener? packaged = inBursts ? null : PackagedDrivers.Of(chip.Kind);
        var facts = ChipFacts.Of(chip.Kind);
        if (packaged is null && !facts.IsOurs)
        {
            throw new PhysicalSystemException(
                $"Chip {chip.Name} is a {facts.Name}, whose driver is in Iot.Device.Bindings; this program was built without it (dotnet build -p:IotBindings=true).");
        }

        var spi = chip.Spi is null ? null : buses.OpenSpi(chip, inBursts);
        var i2c = chip.I2c is null ? null : buses.OpenI2c(chip);
        try
        {
            return packaged?.Invoke(spi, i2c) ?? OpenChip.Own(chip.Kind, spi, i2c);
        }
        catch (IOException e)
        {
            throw new PhysicalSystemException($"Chip {chip.Name} does not answer at {(chip.Spi is SpiSettings at ? KernelPaths.Of(at) : $"0x{chip.I2c!.Address:X2} on {KernelPaths.Of(chip.I2c)}")}: {e.Message.TrimEnd('.')}.", e);
        }
    }
}
