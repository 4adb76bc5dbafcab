using PnnEdge.RaspberryPi.Rigs;

namespace PnnEdge.RaspberryPi.Buses;

/// <summary>Where Linux has buses and GPIO chips.</summary>
internal static class KernelPaths
{
    public static string Of(SpiSettings spi) => $"/dev/spidev{spi.Bus}.{spi.Select}";

    public static string Of(I2cSettings i2c) => $"/dev/i2c-{i2c.Bus}";
}
