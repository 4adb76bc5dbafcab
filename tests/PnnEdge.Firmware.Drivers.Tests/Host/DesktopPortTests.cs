using System.Device.I2c;
using System.Device.Spi;
using PnnEdge.Firmware.Drivers.Host;
using PnnEdge.Firmware.Drivers.Microchip;
using PnnEdge.Firmware.Drivers.TexasInstruments;

namespace PnnEdge.Firmware.Drivers.Tests.Host;

/// <summary>The drivers over desktop System.Device.Gpio's own bus classes.</summary>
public class DesktopPortTests
{
    [Fact]
    public void A_transfer_reaches_the_bus_with_its_count_and_its_answer_comes_back()
    {
        FakeSpi bus = new();
        Assert.Equal(0x123, new Mcp3208(new DesktopSpiPort(bus)).Read(5));
        Assert.Equal([0x07, 0x40, 0x00], bus.Written);
    }

    [Fact]
    public void A_bus_that_throws_is_a_failed_transfer() =>
        Assert.Equal(ChipResult.NoAnswer, new Mcp4922(new DesktopSpiPort(new FakeSpi { Broken = true })).Write(0, 0));

    [Fact]
    public void An_I2C_chip_is_written_and_read_back_over_the_desktop_s_bus()
    {
        FakeI2c bus = new() { Answer = [0x80, 0x10] };
        Assert.Equal(ChipResult.Ok, new Dac7678(new DesktopI2cPort(bus)).Write(1, 0x801));
        Assert.Equal([0x31, 0x80, 0x10, 0x11], bus.Written);
    }

    [Fact]
    public void A_missing_acknowledgement_is_told_on_every_way_to_an_I2C_chip()
    {
        DesktopI2cPort port = new(new FakeI2c { Broken = true });
        Assert.False(port.Write([1], 1));
        Assert.False(port.Read(new byte[1], 1));
        Assert.False(port.WriteRead([1], 1, new byte[1], 1));
    }

    private sealed class FakeSpi : SpiDevice
    {
        public List<byte> Written { get; } = [];

        public bool Broken { get; init; }

        public override SpiConnectionSettings ConnectionSettings => new(0, 0);

        public override void Read(Span<byte> buffer) => throw new NotSupportedException();

        public override void Write(ReadOnlySpan<byte> buffer) => throw new NotSupportedException();

        public override void TransferFullDuplex(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
        {
            if (Broken)
            {
                throw new IOException("no bus");
            }

            Written.AddRange(writeBuffer);
            new byte[] { 0xFF, 0xE1, 0x23 }.AsSpan().CopyTo(readBuffer);
        }
    }

    private sealed class FakeI2c : I2cDevice
    {
        public List<byte> Written { get; } = [];

        public byte[] Answer { get; init; } = [];

        public bool Broken { get; init; }

        public override I2cConnectionSettings ConnectionSettings => new(1, 0x48);

        public override void Read(Span<byte> buffer)
        {
            RequireWhole();
            Answer.AsSpan(0, buffer.Length).CopyTo(buffer);
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            RequireWhole();
            Written.AddRange(buffer);
        }

        public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
        {
            Write(writeBuffer);
            Read(readBuffer);
        }

        private void RequireWhole()
        {
            if (Broken)
            {
                throw new IOException("no acknowledgement");
            }
        }
    }
}
