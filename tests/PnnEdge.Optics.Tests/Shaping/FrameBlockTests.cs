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
    public void Grey_levels_go_as_they_are()
    {
        FrameBlock block = new(10, 2, isBinary: false);
        Assert.Equal(20, block.BytesPerFrame);
        Assert.Equal(Mirrors, block.Of(Mirrors));
        Assert.Equal(Mirrors, block.FramesOf(Mirrors));
    }
}
