using PnnEdge.Optics.Shaping;

namespace PnnEdge.Optics.Tests.Shaping;

public class FrameBlockTests
{
    private static readonly byte[] Mirrors = [255, 0, 0, 0, 0, 0, 0, 255, 255, 0, 0, 255, 0, 0, 0, 0, 0, 0, 0, 255]; // two rows of ten

    [Fact]
    public void Ten_mirrors_of_a_row_are_the_high_bits_of_two_bytes()
    {
        FrameBlock block = new(10, 1, isBinary: true);
        Assert.Equal(2, block.BytesPerFrame);
        Assert.Equal([0b1000_0001, 0b1000_0000, 0b0100_0000, 0b0100_0000], block.Of(Mirrors));
        Assert.Equal(Mirrors, block.FramesOf(block.Of(Mirrors)));
    }

    [Fact]
    public void Any_mirrors_come_back_in_their_places()
    {
        FrameBlock block = new(27, 8, isBinary: true);
        var random = new Random(2);
        byte[] mirrors = [.. Enumerable.Range(0, 3 * 8 * 27).Select(_ => (byte)(random.Next(2) * 255))], bits = block.Of(mirrors);
        Assert.Equal(3 * 8 * 4, bits.Length);
        Assert.Equal(mirrors, Enumerable.Range(0, mirrors.Length).Select(at => (byte)((bits[(at / 27 * 4) + (at % 27 / 8)] & (0x80 >> (at % 27 % 8))) != 0 ? 255 : 0)));
        Assert.Equal(mirrors, block.FramesOf(bits));
    }

    [Fact]
    public void Grey_levels_go_as_they_are()
    {
        FrameBlock block = new(10, 2, isBinary: false);
        Assert.Equal(20, block.BytesPerFrame);
        Assert.Equal(Mirrors, block.Of(Mirrors));
        Assert.Equal(Mirrors, block.FramesOf(Mirrors));
    }
}
