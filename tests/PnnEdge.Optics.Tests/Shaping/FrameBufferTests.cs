using PnnEdge.Optics.Shaping;
using PnnEdge.Optics.Tests.Support;
using PnnEdge.Training.Systems;

namespace PnnEdge.Optics.Tests.Shaping;

public sealed class FrameBufferTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pnn-display-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1, 3, new byte[] { 10, 20, 30, 11, 21, 31, 10, 20, 30 })]
    [InlineData(1, 5, new byte[] { 10, 20, 30, 0, 0, 11, 21, 31, 0, 0, 10, 20, 30 })]
    [InlineData(4, 12, new byte[] { 10, 10, 10, 10, 20, 20, 20, 20, 30, 30, 30, 30, 11, 11, 11, 11, 21, 21, 21, 21, 31, 31, 31, 31, 10, 10, 10, 10, 20, 20, 20, 20, 30, 30, 30, 30 })]
    public void A_pair_of_rows_is_repeated_down_the_display_at_its_stride(int bytesPerPixel, int stride, byte[] memory)
    {
        string path = Display();
        using (var display = new FrameBuffer(path, new FrameBufferLayout(3, 3, bytesPerPixel, stride))) { display.Show([10, 20, 30, 11, 21, 31]); }
        Assert.Equal(memory, File.ReadAllBytes(path));
    }

    [Fact]
    public void A_mirror_device_s_frame_fills_a_display_of_its_size_and_repeats_on_one_of_twice_the_rows()
    {
        FrameEncoder encoder = TableOnSocket.DmdRig.Encoder();
        byte[] frame = new byte[encoder.FrameBytes];
        encoder.EncodeReal([.. Enumerable.Repeat(0.5f, 100)], frame);
        string path = Display();
        using (var display = new FrameBuffer(path, new FrameBufferLayout(320, 257, 1, 320))) { display.Show(frame); }
        Assert.Equal(frame, File.ReadAllBytes(path));
        using (var display = new FrameBuffer(path, new FrameBufferLayout(320, 514, 1, 320))) { display.Show(frame); }
        Assert.Equal([.. frame, .. frame], File.ReadAllBytes(path));
    }

    [Fact]
    public void A_second_frame_takes_the_first_one_s_place()
    {
        string path = Display();
        using var display = new FrameBuffer(path, new FrameBufferLayout(2, 2, 1, 2));
        display.Show([1, 2, 3, 4]);
        display.Show([5, 6, 7, 8]);
        Assert.Equal([5, 6, 7, 8], File.ReadAllBytes(path));
    }

    [Fact]
    public void A_display_that_is_not_there_or_laid_out_otherwise_is_refused_in_a_sentence()
    {
        Assert.StartsWith("The display ", Assert.Throws<PhysicalSystemException>(() => new FrameBuffer(Path.Combine(_folder, "none"), new FrameBufferLayout(2, 2, 1, 2))).Message, StringComparison.Ordinal);
        Assert.Throws<PhysicalSystemException>(() => new FrameBuffer(Display(), new FrameBufferLayout(2, 2, 3, 6)));
        Assert.Throws<PhysicalSystemException>(() => new FrameBuffer(Display(), new FrameBufferLayout(2, 2, 1, 1)));
    }

    [Fact]
    public void What_the_kernel_says_of_a_display_must_be_what_the_rig_says()
    {
        File.WriteAllText(Path.Combine(_folder, "virtual_size"), "1920,1080\n");
        File.WriteAllText(Path.Combine(_folder, "bits_per_pixel"), "32\n");
        File.WriteAllText(Path.Combine(_folder, "stride"), "7680\n");
        FrameBuffer.RequireSame(_folder, new FrameBufferLayout(1920, 1080, 4, 7680));
        PhysicalSystemException told = Assert.Throws<PhysicalSystemException>(() => FrameBuffer.RequireSame(_folder, new FrameBufferLayout(1280, 1080, 4, 7680)));
        Assert.EndsWith("has columns, rows, bits per pixel and stride 1920, 1080, 32, 7680; the rig's file says 1280, 1080, 32, 7680.", told.Message, StringComparison.Ordinal);
    }

    private string Display()
    {
        string path = Path.Combine(_folder, "fb");
        File.WriteAllBytes(path, []);
        return path;
    }
}
