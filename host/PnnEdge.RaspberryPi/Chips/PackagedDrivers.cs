using System.Device.I2c;
using System.Device.Spi;

namespace PnnEdge.RaspberryPi.Chips;

/// <summary>Opens a chip with a driver on the bus that it is on.</summary>
internal delegate OpenChip ChipOpener(SpiDevice? spi, I2cDevice? i2c);

/// <summary>Drivers of Iot.Device.Bindings: there when this was built with <c>-p:IotBindings=true</c>, none otherwise.</summary>
internal static partial class PackagedDrivers
{
    private static readonly Dictionary<ChipKind, ChipOpener> Openers = All();

    public static bool AreThere => Openers.Count > 0;

    public static ChipOpener? Of(ChipKind kind) => Openers.GetValueOrDefault(kind);

    private static Dictionary<ChipKind, ChipOpener> All()
    {
        Dictionary<ChipKind, ChipOpener> openers = [];
        Add(openers);
        return openers;
    }

    /// <summary>In <c>Bindings/</c>.</summary>
    static partial void Add(Dictionary<ChipKind, ChipOpener> openers);
}
