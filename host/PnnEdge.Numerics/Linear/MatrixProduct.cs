namespace PnnEdge.Numerics.Linear;

/// <summary>The products of a dense layer, row-major.</summary>
/// <remarks>
/// Every element of a result is one chain of fused multiply-adds in index order. Vector lanes and threads only ever hold
/// different elements, so neither the vector width nor the number of cores changes a bit of the result.
/// </remarks>
public static unsafe class MatrixProduct
{
    private const int LeastRowsAsLanes = 24;

    /// <summary>y = x·wᵀ.</summary>
    /// <param name="x">[row, inner].</param> <param name="w">[column, inner].</param> <param name="y">[row, column]; overwritten.</param>
    /// <param name="spread">False: on the calling thread alone, for a caller that has spread its own rows over threads.</param>
    public static void TimesTransposed(
        ReadOnlySpan<float> x, ReadOnlySpan<float> w, int rows, int inner, int columns, Span<float> y, bool spread = true)
    {
        Require.Length(x, rows * inner, nameof(x));
        Require.Length(w, columns * inner, nameof(w));
        Require.Length(y, rows * columns, nameof(y));
        fixed (float* px = x, pw = w, py = y)
        {
            // Both operands run along the inner index, so one has to be packed: the shorter, unless it would leave a wide vector's lanes empty.
            TiledProduct product = rows < columns && rows >= LeastRowsAsLanes
                ? new((nint)pw, inner, 1, (nint)px, 1, inner, (nint)py, 1, columns, columns, inner, rows, Carry: false)
                : new((nint)px, inner, 1, (nint)pw, 1, inner, (nint)py, columns, 1, rows, inner, columns, Carry: false);
            product.Run(spread);
        }
    }

    /// <summary>y = x·w.</summary>
    /// <param name="x">[row, inner].</param> <param name="w">[inner, column].</param> <param name="y">[row, column]; overwritten.</param>
    /// <param name="spread">As for <see cref="TimesTransposed"/>.</param>
    public static void Times(
        ReadOnlySpan<float> x, ReadOnlySpan<float> w, int rows, int inner, int columns, Span<float> y, bool spread = true)
    {
        Require.Length(x, rows * inner, nameof(x));
        Require.Length(w, inner * columns, nameof(w));
        Require.Length(y, rows * columns, nameof(y));
        fixed (float* px = x, pw = w, py = y)
        {
            new TiledProduct((nint)px, inner, 1, (nint)pw, columns, 1, (nint)py, columns, 1, rows, inner, columns, Carry: false).Run(spread);
        }
    }

    /// <summary>y = xᵀ·z.</summary>
    /// <param name="x">[inner, row].</param> <param name="z">[inner, column].</param> <param name="y">[row, column]; overwritten.</param>
    /// <param name="spread">As for <see cref="TimesTransposed"/>.</param>
    public static void TransposedTimes(
        ReadOnlySpan<float> x, ReadOnlySpan<float> z, int rows, int inner, int columns, Span<float> y, bool spread = true) =>
        TransposedTimes(x, z, rows, inner, columns, y, carry: false, spread);

    /// <summary>y += xᵀ·z.</summary>
    /// <param name="x">[inner, row].</param> <param name="z">[inner, column].</param> <param name="y">[row, column]; added to.</param>
    /// <param name="spread">As for <see cref="TimesTransposed"/>.</param>
    public static void AddTransposedTimes(
        ReadOnlySpan<float> x, ReadOnlySpan<float> z, int rows, int inner, int columns, Span<float> y, bool spread = true) =>
        TransposedTimes(x, z, rows, inner, columns, y, carry: true, spread);

    private static void TransposedTimes(
        ReadOnlySpan<float> x, ReadOnlySpan<float> z, int rows, int inner, int columns, Span<float> y, bool carry, bool spread)
    {
        Require.Length(x, inner * rows, nameof(x));
        Require.Length(z, inner * columns, nameof(z));
        Require.Length(y, rows * columns, nameof(y));
        fixed (float* px = x, pz = z, py = y)
        {
            new TiledProduct((nint)px, 1, rows, (nint)pz, columns, 1, (nint)py, columns, 1, rows, inner, columns, carry).Run(spread);
        }
    }
}
