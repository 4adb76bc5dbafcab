using System.Buffers.Binary;

namespace PnnEdge.RaspberryPi.Buses;

/// <summary>
/// A message of several transfers as <c>spidev</c> takes it. System.Device.Gpio's SpiDevice sends one transfer per message
/// (dotnet/iot, UnixSpiDevice.cs), so chips that latch on chip select would cost a system call a word.
/// Source: Linux, include/uapi/linux/spi/spidev.h, struct spi_ioc_transfer and SPI_IOC_MESSAGE(N).
/// </summary>
internal static class SpiMessage
{
    /// <summary>Of struct spi_ioc_transfer: tx_buf and rx_buf (8 bytes each), len, speed_hz (4 each), delay_usecs (2), bits_per_word, cs_change, and four of no use here.</summary>
    public const int TransferBytes = 32;

    /// <summary>The size field of a request number has 14 bits.</summary>
    public const int MostTransfers = ((1 << 14) - 1) / TransferBytes;

    /// <summary>A module parameter of spidev, this by default: bytes of all transfers of a message.</summary>
    public const int MostBytes = 4096;

    private const int WriteDirection = 1 << 30;
    private const int SpiType = 'k' << 8;

    /// <summary>_IOW('k', 0, char[32 N]).</summary>
    public static int RequestOf(int transfers) => WriteDirection | ((TransferBytes * transfers) << 16) | SpiType;

    /// <summary>_IOW('k', number, type of so many bytes).</summary>
    public static int SettingOf(int number, int bytes) => WriteDirection | (bytes << 16) | SpiType | number;

    /// <param name="into">[transfer, byte]; overwritten.</param>
    /// <param name="write">Address of the first frame out.</param>
    /// <param name="read">Address of the first frame in.</param>
    public static void Put(Span<byte> into, ulong write, ulong read, int frameBytes, int frames, int clockHertz)
    {
        into.Clear();
        for (int frame = 0; frame < frames; frame++)
        {
            Span<byte> transfer = into.Slice(frame * TransferBytes, TransferBytes);
            BinaryPrimitives.WriteUInt64LittleEndian(transfer, write + (ulong)(frame * frameBytes));
            BinaryPrimitives.WriteUInt64LittleEndian(transfer[8..], read + (ulong)(frame * frameBytes));
            BinaryPrimitives.WriteUInt32LittleEndian(transfer[16..], (uint)frameBytes);
            BinaryPrimitives.WriteUInt32LittleEndian(transfer[20..], (uint)clockHertz);
            transfer[26] = 8;

            // On the last one it would leave chip select low.
            transfer[27] = (byte)(frame < frames - 1 ? 1 : 0);
        }
    }
}
