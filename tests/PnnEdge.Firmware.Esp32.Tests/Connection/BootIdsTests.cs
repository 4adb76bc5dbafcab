using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Esp32.Connection;

namespace PnnEdge.Firmware.Esp32.Tests.Connection;

public class BootIdsTests
{
    [Fact]
    public void No_boot_has_the_id_of_an_earlier_one()
    {
        Flash flash = new();
        uint[] ids = [.. Enumerable.Range(0, 10_000).Select(_ => BootIds.Next(flash, 5))];
        Assert.DoesNotContain(0u, ids);
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void Where_nothing_can_be_kept_the_id_is_the_time_and_never_0()
    {
        Assert.Equal(77u, BootIds.Next(new Flash { WriteFails = true }, 77));
        Assert.Equal(77u, BootIds.Next(new Flash { Throws = true }, 77));
        Assert.Equal(1u, BootIds.Next(new Flash { Throws = true }, 1L << 32));
    }

    private sealed class Flash : IStorage
    {
        private byte[]? _record;

        public bool WriteFails { get; init; }

        public bool Throws { get; init; }

        public int Read(string name, byte[] into)
        {
            if (Throws)
            {
                throw new IOException("no flash");
            }

            _record?.CopyTo(into, 0);
            return _record?.Length ?? -1;
        }

        public bool Write(string name, byte[] data, int count)
        {
            _record = data[..count];
            return !WriteFails;
        }
    }
}
