namespace PnnEdge.Numerics.Linear;

/// <summary>The three products of a dense layer, row-major.</summary>
/// <remarks>
/// Every element of a result is one chain of fused multiply-adds in index order. Vector lanes and threads only ever hold
/// different elements, so neither the vector width nor the number of cores changes a bit of the result.
/// </remarks>
public static class MatrixProduct
{
    /// <summary>y = x·wᵀ.</summary>
    /// <param name="x">[row, inner].</param> <param name="w">[column, inner].</param> <param name="y">[row, column]; overwritten.</param>
    public static void TimesTransposed(ReadOnlySpan<float> x, ReadOnlySpan<float> w, int rows, int inner, int columns, Span<float> y)
    {
        Require.Length(x, rows * inner, nameof(x));
        Require.Length(w, columns * inner, nameof(w));
        Require.Length(y, rows * columns, nameof(y));
        TiledProduct.Run(x, inner, 1, w, 1, inner, rows, inner, columns, y, accumulate: false, spread: true);
    }

    /// <summary>y = x·w.</summary>
    /// <param name="x">[row, inner].</param> <param name="w">[inner, column].</param> <param name="y">[row, column]; overwritten.</param>
    /// <param name="spread">False: on the calling thread alone, for a caller that has spread its own rows over threads.</param>
    public static void Times(
        ReadOnlySpan<float> x, ReadOnlySpan<float> w, int rows, int inner, int columns, Span<float> y, bool spread = true)
    {
        Require.Length(x, rows * inner, nameof(x));
        Require.Length(w, inner * columns, nameof(w));
        Require.Length(y, rows * columns, nameof(y));
        TiledProduct.Run(x, inner, 1, w, columns, 1, rows, inner, columns, y, accumulate: false, spread);
    }

    /// <summary>y += xᵀ·z.</summary>
    /// <param name="x">[inner, row].</param> <param name="z">[inner, column].</param> <param name="y">[row, column]; added to.</param>
    /// <param name="spread">As for <see cref="Times"/>.</param>
    public static void AddTransposedTimes(
        ReadOnlySpan<float> x, ReadOnlySpan<float> z, int rows, int inner, int columns, Span<float> y, bool spread = true)
    {
        Require.Length(x, inner * rows, nameof(x));
        Require.Length(z, inner * columns, nameof(z));
        Require.Length(y, rows * columns, nameof(y));
        TiledProduct.Run(x, 1, rows, z, columns, 1, rows, inner, columns, y, accumulate: true, spread);
    }
}
