namespace PnnEdge.Numerics.Reference;

/// <summary>The plain loops that the tiled kernel must equal bit for bit.</summary>
public static class ReferenceMatrixProduct
{
    /// <inheritdoc cref="Linear.MatrixProduct.TimesTransposed"/>
    public static void TimesTransposed(ReadOnlySpan<float> x, ReadOnlySpan<float> w, int rows, int inner, int columns, Span<float> y)
    {
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                float sum = 0;
                for (int k = 0; k < inner; k++) { sum = MathF.FusedMultiplyAdd(x[(r * inner) + k], w[(c * inner) + k], sum); }
                y[(r * columns) + c] = sum;
            }
        }
    }

    /// <inheritdoc cref="Linear.MatrixProduct.Times"/>
    public static void Times(ReadOnlySpan<float> x, ReadOnlySpan<float> w, int rows, int inner, int columns, Span<float> y)
    {
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                float sum = 0;
                for (int k = 0; k < inner; k++) { sum = MathF.FusedMultiplyAdd(x[(r * inner) + k], w[(k * columns) + c], sum); }
                y[(r * columns) + c] = sum;
            }
        }
    }

    /// <inheritdoc cref="Linear.MatrixProduct.AddTransposedTimes"/>
    public static void AddTransposedTimes(ReadOnlySpan<float> x, ReadOnlySpan<float> z, int rows, int inner, int columns, Span<float> y)
    {
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                float sum = y[(r * columns) + c];
                for (int k = 0; k < inner; k++) { sum = MathF.FusedMultiplyAdd(x[(k * rows) + r], z[(k * columns) + c], sum); }
                y[(r * columns) + c] = sum;
            }
        }
    }
}
