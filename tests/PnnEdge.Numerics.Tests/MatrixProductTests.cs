using PnnEdge.Numerics.Chance;
using PnnEdge.Numerics.Linear;
using PnnEdge.Numerics.Reference;

namespace PnnEdge.Numerics.Tests;

public class MatrixProductTests
{
    // Sizes around the tile (8 rows × 8, 16 or 32 columns), the panel depth (512), both orientations of a packed operand, one large enough for threads, and the degenerate ones.
    public static TheoryData<int, int, int> Shapes => new()
    {
        { 1, 1, 1 }, { 4, 16, 16 }, { 5, 17, 19 }, { 32, 49, 64 }, { 3, 300, 33 }, { 7, 513, 8 }, { 200, 300, 100 }, { 2, 0, 3 },
        { 33, 40, 45 }, { 24, 7, 31 }, { 100, 1030, 70 }, { 8, 64, 128 }, { 13, 20, 9 },
    };

    [Theory, MemberData(nameof(Shapes))]
    public void The_tiled_product_with_a_transposed_matrix_equals_the_plain_loop_bit_for_bit(int rows, int inner, int columns)
    {
        float[] x = Noise(rows * inner, 1), w = Noise(columns * inner, 2), fast = Dirty(rows * columns), plain = Dirty(rows * columns);
        MatrixProduct.TimesTransposed(x, w, rows, inner, columns, fast);
        ReferenceMatrixProduct.TimesTransposed(x, w, rows, inner, columns, plain);
        Assert.Equal(plain, fast);
    }

    [Theory, MemberData(nameof(Shapes))]
    public void The_tiled_product_equals_the_plain_loop_bit_for_bit(int rows, int inner, int columns)
    {
        float[] x = Noise(rows * inner, 1), w = Noise(columns * inner, 2), fast = Dirty(rows * columns), plain = Dirty(rows * columns);
        MatrixProduct.Times(x, w, rows, inner, columns, fast);
        ReferenceMatrixProduct.Times(x, w, rows, inner, columns, plain);
        Assert.Equal(plain, fast);
    }

    [Theory, MemberData(nameof(Shapes))]
    public void The_tiled_sum_of_outer_products_equals_the_plain_loop_bit_for_bit(int rows, int inner, int columns)
    {
        float[] x = Noise(rows * inner, 1), z = Noise(columns * inner, 2), fast = Noise(rows * columns, 3), plain = Noise(rows * columns, 3);
        MatrixProduct.AddTransposedTimes(x, z, rows, inner, columns, fast);
        ReferenceMatrixProduct.AddTransposedTimes(x, z, rows, inner, columns, plain);
        Assert.Equal(plain, fast);
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Outer_products_summed_into_dirty_memory_have_the_bits_of_those_added_to_zeros(int rows, int inner, int columns)
    {
        float[] x = Noise(rows * inner, 1), z = Noise(columns * inner, 2), fast = Dirty(rows * columns), plain = new float[rows * columns];
        MatrixProduct.TransposedTimes(x, z, rows, inner, columns, fast);
        ReferenceMatrixProduct.AddTransposedTimes(x, z, rows, inner, columns, plain);
        Assert.Equal(plain, fast);
    }

    [Fact]
    public void A_product_on_the_calling_thread_alone_has_the_same_bits_and_allocates_nothing()
    {
        const int rows = 200, inner = 300, columns = 100; // 6·10⁶ multiply-adds: spread over threads unless told otherwise
        float[] x = Noise(rows * inner, 1), w = Noise(inner * columns, 2), spread = Dirty(rows * columns), alone = Dirty(rows * columns);
        MatrixProduct.Times(x, w, rows, inner, columns, spread);
        long before = GC.GetAllocatedBytesForCurrentThread();
        MatrixProduct.Times(x, w, rows, inner, columns, alone, spread: false);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(spread, alone);

        // The same x read as [inner, row] = [rows, inner].
        float[] z = Noise(rows * columns, 3), spreadSum = Noise(inner * columns, 4), aloneSum = Noise(inner * columns, 4);
        MatrixProduct.AddTransposedTimes(x, z, inner, rows, columns, spreadSum);
        MatrixProduct.AddTransposedTimes(x, z, inner, rows, columns, aloneSum, spread: false);
        Assert.Equal(spreadSum, aloneSum);
    }

    [Theory, MemberData(nameof(Shapes))]
    public void The_plain_loop_is_within_its_rounding_bound_of_the_product_in_double(int rows, int inner, int columns)
    {
        float[] x = Noise(rows * inner, 1), w = Noise(columns * inner, 2), plain = new float[rows * columns];
        ReferenceMatrixProduct.TimesTransposed(x, w, rows, inner, columns, plain);
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                double exact = 0, magnitude = 0;
                for (int k = 0; k < inner; k++)
                {
                    double product = (double)x[(r * inner) + k] * w[(c * inner) + k];
                    exact += product;
                    magnitude += Math.Abs(product);
                }

                // A chain of k fused multiply-adds errs by at most k·2⁻²⁴·Σ|ab| to first order.
                Assert.InRange(plain[(r * columns) + c] - exact, -inner * Math.Pow(2, -24) * magnitude, inner * Math.Pow(2, -24) * magnitude);
            }
        }
    }

    [Fact]
    public void A_shape_that_does_not_fit_is_refused()
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => MatrixProduct.Times(new float[6], new float[6], 2, 3, 3, new float[6]));
        Assert.Contains("w has 6 values; its shape asks for 9.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_small_product_allocates_nothing()
    {
        float[] x = Noise(32 * 64, 1), w = Noise(64 * 64, 2), y = new float[32 * 64];
        MatrixProduct.TimesTransposed(x, w, 32, 64, 64, y);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++) { MatrixProduct.TimesTransposed(x, w, 32, 64, 64, y); }
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_row_is_added_to_every_row_and_its_reverse_sums_the_rows()
    {
        float[] y = [1, 2, 3, 4, 5, 6];
        Rows.AddToEach([10, 20, 30], 2, y);
        Assert.Equal([11f, 22, 33, 14, 25, 36], y);
        float[] sums = [1, 1, 1];
        Rows.AddToEachVjp([1, 2, 3, 4, 5, 6], 2, sums);
        Assert.Equal([6f, 8, 10], sums);
    }

    internal static float[] Noise(int count, ulong seed)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)random.NextNormal())];
    }

    // What a product must overwrite: were it to accumulate, every comparison would fail.
    private static float[] Dirty(int count) => [.. Enumerable.Repeat(7f, count)];
}
