namespace PnnEdge.Training.Twins.Convolution;

/// <summary>Between a convolution's last rows, normalised, and the windows of its shots. Rows before the first window are read by no one.</summary>
internal static class ConvolutionReadout
{
    /// <param name="last">[shot, row, window of a step], normalised.</param> <param name="y">[shot, window], V; overwritten.</param>
    public static void Forward(ReadOnlySpan<float> last, int shots, ConvolutionShape shape, TwinScale scale, Span<float> y)
    {
        int per = shape.WindowsPerStep;
        for (int s = 0; s < shots; s++)
        {
            ReadOnlySpan<float> read = last.Slice(((s * shape.Rows) + shape.FirstReadRow) * per, shape.Windows);
            for (int i = 0; i < read.Length; i++) { y[(s * shape.Windows) + i] = (read[i] * scale.OutputSpreadVolts[i % per]) + scale.OutputCentreVolts[i % per]; }
        }
    }

    /// <param name="dy">[shot, window], ∂loss/∂y, 1/V.</param> <param name="dlast">[shot, row, window of a step]; overwritten.</param>
    public static void Vjp(ReadOnlySpan<float> dy, int shots, ConvolutionShape shape, TwinScale scale, Span<float> dlast)
    {
        int per = shape.WindowsPerStep;
        for (int s = 0; s < shots; s++)
        {
            Span<float> read = OfShot(dlast, s, shape);
            for (int i = 0; i < read.Length; i++) { read[i] = dy[(s * shape.Windows) + i] * scale.OutputSpreadVolts[i % per]; }
        }
    }

    /// <summary>How far the rows are from what was measured.</summary>
    /// <param name="target">[shot, window], V.</param>
    /// <param name="last">[shot, row, window of a step], normalised: what was modelled, then <paramref name="share"/>·(modelled − measured).</param>
    /// <returns>Sum of squares of modelled − measured, in units of the output spread.</returns>
    public static double Miss(ReadOnlySpan<float> target, int shots, ConvolutionShape shape, TwinScale scale, float share, Span<float> last)
    {
        int per = shape.WindowsPerStep;
        double sum = 0;
        for (int s = 0; s < shots; s++)
        {
            Span<float> read = OfShot(last, s, shape);
            for (int i = 0; i < read.Length; i++)
            {
                float error = read[i] - ((target[(s * shape.Windows) + i] - scale.OutputCentreVolts[i % per]) / scale.OutputSpreadVolts[i % per]);
                sum += (double)error * error;
                read[i] = share * error;
            }
        }

        return sum;
    }

    private static Span<float> OfShot(Span<float> last, int shot, ConvolutionShape shape)
    {
        Span<float> rows = last.Slice(shot * shape.Rows * shape.WindowsPerStep, shape.Rows * shape.WindowsPerStep);
        rows[..(shape.FirstReadRow * shape.WindowsPerStep)].Clear();
        return rows[(shape.FirstReadRow * shape.WindowsPerStep)..];
    }
}
