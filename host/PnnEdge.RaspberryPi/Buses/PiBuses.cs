using System.Device.Gpio;
using System.Device.I2c;
using System.Device.Spi;
using PnnEdge.RaspberryPi.Rigs;

namespace PnnEdge.RaspberryPi.Buses;

/// <summary>The buses and the header that a rig's chips and lines are on: the kernel's, or simulated ones.</summary>
internal abstract class PiBuses
{
    /// <param name="inBursts">Many frames are to go in one message: then it is an <see cref="IBurstSpi"/>.</param>
    public abstract SpiDevice OpenSpi(ChipSettings chip, bool inBursts);

    public abstract I2cDevice OpenI2c(ChipSettings chip);

    /// <summary>Of the header.</summary>
    public abstract GpioController OpenLines();
}

/// <summary>An SPI chip that takes many short frames in one message.</summary>
internal interface IBurstSpi
{
    /// <summary>Frame after frame out and in at once, chip select high between any two.</summary>
    /// <param name="write">[frame, byte].</param>
    /// <param name="read">[frame, byte]; overwritten.</param>
    /// <exception cref="IOException">Not all of it went.</exception>
    void TransferFrames(byte[] write, byte[] read, int frameBytes, int frames);
}
