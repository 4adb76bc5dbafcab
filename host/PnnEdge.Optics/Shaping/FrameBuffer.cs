using System.Globalization;
using PnnEdge.Training.Systems;

namespace PnnEdge.Optics.Shaping;

/// <summary>How a display's memory is laid out (Linux <c>Documentation/fb/api.rst</c>; <c>/sys/class/graphics/fbN</c>).</summary>
/// <param name="BytesPerPixel">1 for grey, 4 for red, green, blue and one unused: all take the grey level.</param>
/// <param name="StrideBytes">From one row's first byte to the next row's.</param>
public sealed record FrameBufferLayout(int Columns, int Rows, int BytesPerPixel, int StrideBytes);

/// <summary>A modulator that is a second display: a frame goes into the memory of <c>/dev/fbN</c>, or of a file.</summary>
public sealed class FrameBuffer : IDisposable
{
    private const string Devices = "/sys/class/graphics";

    private readonly FrameBufferLayout _layout;
    private readonly FileStream _file;
    private readonly byte[] _row;

    /// <exception cref="PhysicalSystemException">It cannot be opened, or the display is laid out otherwise.</exception>
    public FrameBuffer(string path, FrameBufferLayout layout)
    {
        if (layout.BytesPerPixel is not (1 or 4) || layout.StrideBytes < layout.Columns * layout.BytesPerPixel)
        {
            throw new PhysicalSystemException($"A display has 1 or 4 bytes per pixel and a stride of at least a row; asked were {layout.BytesPerPixel} bytes and {layout.StrideBytes} for {layout.Columns} columns.");
        }

        if (path.StartsWith("/dev/fb", StringComparison.Ordinal)) { RequireSame(Path.Combine(Devices, Path.GetFileName(path)), layout); }
        (_layout, _row) = (layout, new byte[layout.Columns * layout.BytesPerPixel]);
        try
        {
            _file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PhysicalSystemException($"The display {path} cannot be written: {e.Message.TrimEnd('.')}.", e);
        }
    }

    /// <param name="frame">[row, column], grey level; its rows are repeated down the display.</param>
    public void Show(ReadOnlySpan<byte> frame)
    {
        int rows = frame.Length / _layout.Columns;
        for (int row = 0; row < _layout.Rows; row++)
        {
            ReadOnlySpan<byte> levels = frame.Slice(row % rows * _layout.Columns, _layout.Columns);
            for (int column = 0; column < levels.Length; column++) { _row.AsSpan(column * _layout.BytesPerPixel, _layout.BytesPerPixel).Fill(levels[column]); }
            _file.Position = (long)row * _layout.StrideBytes;
            _file.Write(_row);
        }

        _file.Flush();
    }

    public void Dispose() => _file.Dispose();

    /// <param name="device">The display's folder under <c>/sys/class/graphics</c>, or one like it.</param>
    internal static void RequireSame(string device, FrameBufferLayout layout)
    {
        int[] there = [.. ReadNumbers(device, "virtual_size"), .. ReadNumbers(device, "bits_per_pixel"), .. ReadNumbers(device, "stride")];
        int[] asked = [layout.Columns, layout.Rows, layout.BytesPerPixel * 8, layout.StrideBytes];
        if (!there.SequenceEqual(asked))
        {
            throw new PhysicalSystemException(
                $"The display {Path.GetFileName(device)} has columns, rows, bits per pixel and stride {string.Join(", ", there)}; the rig's file says {string.Join(", ", asked)}.");
        }
    }

    private static int[] ReadNumbers(string device, string name)
    {
        string file = Path.Combine(device, name);
        try
        {
            return [.. File.ReadAllText(file).Trim().Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new PhysicalSystemException($"The display's {file} cannot be read: {e.Message.TrimEnd('.')}.", e);
        }
    }
}
