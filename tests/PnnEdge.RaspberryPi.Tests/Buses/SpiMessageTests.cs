using PnnEdge.RaspberryPi.Buses;

namespace PnnEdge.RaspberryPi.Tests.Buses;

public class SpiMessageTests
{
    [Theory] // printed by a C program from Linux's own linux/spi/spidev.h
    [InlineData(1, 0x40206b00)]
    [InlineData(2, 0x40406b00)]
    [InlineData(511, 0x7fe06b00)]
    public void A_request_s_number_is_the_kernel_s(int transfers, int number) => Assert.Equal(number, SpiMessage.RequestOf(transfers));

    [Theory]
    [InlineData(1, 1, 0x40016b01)] // SPI_IOC_WR_MODE
    [InlineData(3, 1, 0x40016b03)] // SPI_IOC_WR_BITS_PER_WORD
    [InlineData(4, 4, 0x40046b04)] // SPI_IOC_WR_MAX_SPEED_HZ
    public void A_setting_s_number_is_the_kernel_s(int setting, int bytes, int number) => Assert.Equal(number, SpiMessage.SettingOf(setting, bytes));

    [Fact]
    public void The_longest_message_is_what_fourteen_bits_of_size_hold() => Assert.Equal(511, SpiMessage.MostTransfers);

    [Fact]
    public void Frame_after_frame_chip_select_rises_between_them_and_after_the_last()
    {
        byte[] message = new byte[3 * SpiMessage.TransferBytes];
        Array.Fill(message, (byte)0xAA);
        SpiMessage.Put(message, write: 0x1000, read: 0x2000, frameBytes: 3, frames: 3, clockHertz: 1_000_000);
        Assert.Equal(
            "00 10 00 00 00 00 00 00 00 20 00 00 00 00 00 00 03 00 00 00 40 42 0F 00 00 00 08 01 00 00 00 00 " +
            "03 10 00 00 00 00 00 00 03 20 00 00 00 00 00 00 03 00 00 00 40 42 0F 00 00 00 08 01 00 00 00 00 " +
            "06 10 00 00 00 00 00 00 06 20 00 00 00 00 00 00 03 00 00 00 40 42 0F 00 00 00 08 00 00 00 00 00",
            Support.RecordedSpi.Hex(message, message.Length));
    }
}
