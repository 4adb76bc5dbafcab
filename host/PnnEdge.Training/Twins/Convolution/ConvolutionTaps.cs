using PnnEdge.Numerics.Linear;

namespace PnnEdge.Training.Twins.Convolution;

/// <summary>What each row of a layer is multiplied with, laid side by side, so that a convolution is one matrix product.</summary>
/// <remarks>
/// Row 0 of a shot is the rest that came before it; a tap that reaches further back than the shot finds it there. Its values come out of
/// the same layers, so a shot that begins at rest has no seam at its start.
/// </remarks>
internal static class ConvolutionTaps
{
    /// <summary>Length of the scratch that a shot's slots and the memory before them take.</summary>
    public static int LineLength(ConvolutionShape shape) => shape.MemorySlots + (shape.Rows * shape.SlotsPerStep);

    /// <param name="x">[shot, <paramref name="stride"/>], V: slots first.</param>
    /// <param name="line">[slot of a shot and its memory], scratch.</param>
    /// <param name="taps">[shot, row, tap], normalised, the share inside the shot last; overwritten.</param>
    public static void OfSlots(
        ReadOnlySpan<float> x, int stride, int shots, ConvolutionShape shape, float centreVolts, float spreadVolts, Span<float> line, Span<float> taps)
    {
        int memory = shape.MemorySlots;
        float rest = -centreVolts / spreadVolts, scale = 1 / spreadVolts;
        line.Fill(rest);
        for (int s = 0; s < shots; s++)
        {
            ReadOnlySpan<float> slots = x.Slice(s * stride, shape.Slots);
            for (int i = 0; i < slots.Length; i++) { line[memory + i] = (slots[i] - centreVolts) * scale; }
            for (int row = 0; row < shape.Rows; row++)
            {
                int end = row * shape.SlotsPerStep;
                Span<float> to = taps.Slice(((s * shape.Rows) + row) * (memory + 1), memory + 1);
                line.Slice(end, memory).CopyTo(to);
                to[memory] = (float)Math.Min(end, memory) / memory;
            }
        }
    }

    /// <param name="dtaps">[shot, row, tap], ∂loss/∂tap.</param>
    /// <param name="line">[slot of a shot and its memory], scratch.</param>
    /// <param name="dslots">[shot, <paramref name="stride"/>], 1/V: the slots are overwritten, what follows them stays.</param>
    public static void OfSlotsVjp(ReadOnlySpan<float> dtaps, int stride, int shots, ConvolutionShape shape, float spreadVolts, Span<float> line, Span<float> dslots)
    {
        int memory = shape.MemorySlots;
        float scale = 1 / spreadVolts;
        for (int s = 0; s < shots; s++)
        {
            line.Clear();
            for (int row = 1; row < shape.Rows; row++)
            {
                Rows.Add(dtaps.Slice(((s * shape.Rows) + row) * (memory + 1), memory), line.Slice(row * shape.SlotsPerStep, memory));
            }

            Span<float> to = dslots.Slice(s * stride, shape.Slots);
            for (int i = 0; i < to.Length; i++) { to[i] = line[memory + i] * scale; }
        }
    }

    /// <param name="h">[shot, row, channel].</param> <param name="taps">[shot, row, now then before, channel]; overwritten.</param>
    public static void OfLayer(ReadOnlySpan<float> h, int shots, int rows, int channels, int dilationSteps, Span<float> taps)
    {
        for (int s = 0; s < shots; s++)
        {
            ReadOnlySpan<float> from = h.Slice(s * rows * channels, rows * channels);
            Span<float> to = taps.Slice(s * rows * 2 * channels, rows * 2 * channels);
            for (int row = 0; row < rows; row++)
            {
                from.Slice(row * channels, channels).CopyTo(to[(row * 2 * channels)..]);
                from.Slice(Math.Max(row - dilationSteps, 0) * channels, channels).CopyTo(to[(((row * 2) + 1) * channels)..]);
            }
        }
    }

    /// <param name="dtaps">[shot, row, now then before, channel].</param> <param name="dh">[shot, row, channel]; added to.</param>
    public static void OfLayerVjp(ReadOnlySpan<float> dtaps, int shots, int rows, int channels, int dilationSteps, Span<float> dh)
    {
        for (int s = 0; s < shots; s++)
        {
            ReadOnlySpan<float> from = dtaps.Slice(s * rows * 2 * channels, rows * 2 * channels);
            Span<float> to = dh.Slice(s * rows * channels, rows * channels);
            for (int row = 0; row < rows; row++)
            {
                Rows.Add(from.Slice(row * 2 * channels, channels), to.Slice(row * channels, channels));
                Rows.Add(from.Slice(((row * 2) + 1) * channels, channels), to.Slice(Math.Max(row - dilationSteps, 0) * channels, channels));
            }
        }
    }
}
