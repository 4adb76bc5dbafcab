using System.Numerics;
using System.Runtime.CompilerServices;

namespace PnnEdge.Numerics.Linear;

/// <summary>c[row, column] = Σ a·b over strided a and b: panels of b packed on the stack, tiles of 4 rows × 2 vectors in registers.</summary>
internal static unsafe class TiledProduct
{
    private const int TileRows = 4;

    // 256 × 16 floats of b stay in a 32 KiB first-level cache beside the rows of a.
    private const int PanelDepth = 256;

    // Below this a second thread costs more to wake than it saves.
    private const long ParallelMultiplyAdds = 4_000_000;

    public static void Run(
        ReadOnlySpan<float> a, int aRowStride, int aInnerStride,
        ReadOnlySpan<float> b, int bInnerStride, int bColumnStride,
        int rows, int inner, int columns, Span<float> c, bool accumulate, bool spread)
    {
        fixed (float* pa = a)
        fixed (float* pb = b)
        fixed (float* pc = c)
        {
            int workers = !spread || (long)rows * inner * columns < ParallelMultiplyAdds
                ? 1
                : Math.Min(Environment.ProcessorCount, rows / (2 * TileRows));
            if (workers <= 1)
            {
                RowBlock(pa, aRowStride, aInnerStride, pb, bInnerStride, bColumnStride, rows, inner, columns, pc, accumulate);
                return;
            }

            InParallel(workers, (nint)pa, aRowStride, aInnerStride, (nint)pb, bInnerStride, bColumnStride, rows, inner, columns, (nint)pc, accumulate);
        }
    }

    // Apart from Run: the closure is allocated on entry to the method that holds it, and small products allocate nothing.
    private static void InParallel(
        int workers, nint a, int aRowStride, int aInnerStride, nint b, int bInnerStride, int bColumnStride,
        int rows, int inner, int columns, nint c, bool accumulate)
    {
        int blockRows = (rows + workers - 1) / workers;
        Parallel.For(0, workers, worker =>
        {
            int first = worker * blockRows;
            int count = Math.Min(blockRows, rows - first);
            if (count > 0)
            {
                RowBlock((float*)a + ((nint)first * aRowStride), aRowStride, aInnerStride, (float*)b, bInnerStride, bColumnStride,
                    count, inner, columns, (float*)c + ((nint)first * columns), accumulate);
            }
        });
    }

    [SkipLocalsInit]
    private static void RowBlock(
        float* a, int aRowStride, int aInnerStride, float* b, int bInnerStride, int bColumnStride,
        int rows, int inner, int columns, float* c, bool accumulate)
    {
        int width = 2 * Vector<float>.Count;
        float* panel = stackalloc float[PanelDepth * width];
        float* tile = stackalloc float[TileRows * width];

        for (int column = 0; column < columns; column += width)
        {
            int used = Math.Min(width, columns - column);
            for (int k = 0; k < inner || (k == 0 && inner == 0); k += PanelDepth)
            {
                int depth = Math.Min(PanelDepth, inner - k);
                Pack(b + ((nint)k * bInnerStride) + ((nint)column * bColumnStride), bInnerStride, bColumnStride, depth, used, width, panel);
                bool carry = accumulate || k > 0;
                for (int row = 0; row < rows; row += TileRows)
                {
                    int live = Math.Min(TileRows, rows - row);
                    float* firstA = a + ((nint)row * aRowStride) + ((nint)k * aInnerStride);
                    float* firstC = c + ((nint)row * columns) + column;
                    Load(firstC, columns, live, used, width, carry, tile);
                    Tile(firstA, aRowStride, aInnerStride, live, panel, depth, tile);
                    Store(tile, width, live, used, firstC, columns);
                }
            }
        }
    }

    private static void Pack(float* b, int innerStride, int columnStride, int depth, int used, int width, float* panel)
    {
        if (columnStride == 1 && used == width)
        {
            for (int k = 0; k < depth; k++) { CopyPair(b + ((nint)k * innerStride), panel + (k * width)); }
        }
        else if (columnStride == 1)
        {
            for (int k = 0; k < depth; k++)
            {
                new ReadOnlySpan<float>(b + ((nint)k * innerStride), used).CopyTo(new Span<float>(panel + (k * width), used));
            }
        }
        else
        {
            for (int j = 0; j < used; j++)
            {
                float* source = b + ((nint)j * columnStride);
                for (int k = 0; k < depth; k++) { panel[(k * width) + j] = source[(nint)k * innerStride]; }
            }
        }

        // Lanes beyond the matrix hold zeros so that whatever the stack held cannot raise slow subnormal arithmetic.
        for (int k = 0; used < width && k < depth; k++) { new Span<float>(panel + (k * width) + used, width - used).Clear(); }
    }

    private static void Load(float* c, int columns, int live, int used, int width, bool carry, float* tile)
    {
        if (!carry)
        {
            new Span<float>(tile, TileRows * width).Clear();
            return;
        }

        for (int r = 0; r < live; r++)
        {
            new ReadOnlySpan<float>(c + ((nint)r * columns), used).CopyTo(new Span<float>(tile + (r * width), used));
        }
    }

    private static void Store(float* tile, int width, int live, int used, float* c, int columns)
    {
        if (used == width)
        {
            for (int r = 0; r < live; r++) { CopyPair(tile + (r * width), c + ((nint)r * columns)); }
            return;
        }

        for (int r = 0; r < live; r++)
        {
            new ReadOnlySpan<float>(tile + (r * width), used).CopyTo(new Span<float>(c + ((nint)r * columns), used));
        }
    }

    // Two vectors: a span's copy of this length costs more than the multiply-adds of the row it belongs to.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyPair(float* from, float* to)
    {
        Vector.Store(Vector.Load(from), to);
        Vector.Store(Vector.Load(from + Vector<float>.Count), to + Vector<float>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile(float* a, int rowStride, int innerStride, int live, float* panel, int depth, float* tile)
    {
        int v = Vector<float>.Count;

        // Rows beyond the matrix repeat the last one; Store drops them.
        float* a0 = a;
        float* a1 = live > 1 ? a0 + rowStride : a0;
        float* a2 = live > 2 ? a1 + rowStride : a1;
        float* a3 = live > 3 ? a2 + rowStride : a2;
        Vector<float> c00 = Vector.Load(tile), c01 = Vector.Load(tile + v);
        Vector<float> c10 = Vector.Load(tile + (2 * v)), c11 = Vector.Load(tile + (3 * v));
        Vector<float> c20 = Vector.Load(tile + (4 * v)), c21 = Vector.Load(tile + (5 * v));
        Vector<float> c30 = Vector.Load(tile + (6 * v)), c31 = Vector.Load(tile + (7 * v));
        for (int k = 0; k < depth; k++)
        {
            Vector<float> b0 = Vector.Load(panel), b1 = Vector.Load(panel + v);
            panel += 2 * v;
            var x = new Vector<float>(*a0);
            c00 = Vector.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector.FusedMultiplyAdd(x, b1, c01);
            x = new Vector<float>(*a1);
            c10 = Vector.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector.FusedMultiplyAdd(x, b1, c11);
            x = new Vector<float>(*a2);
            c20 = Vector.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector.FusedMultiplyAdd(x, b1, c21);
            x = new Vector<float>(*a3);
            c30 = Vector.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector.FusedMultiplyAdd(x, b1, c31);
            a0 += innerStride;
            a1 += innerStride;
            a2 += innerStride;
            a3 += innerStride;
        }

        Vector.Store(c00, tile);
        Vector.Store(c01, tile + v);
        Vector.Store(c10, tile + (2 * v));
        Vector.Store(c11, tile + (3 * v));
        Vector.Store(c20, tile + (4 * v));
        Vector.Store(c21, tile + (5 * v));
        Vector.Store(c30, tile + (6 * v));
        Vector.Store(c31, tile + (7 * v));
    }
}
