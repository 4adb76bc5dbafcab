using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using PnnEdge.Numerics.Threading;

namespace PnnEdge.Numerics.Linear;

/// <summary>One product c = a·b on strided memory, cut into panels of b two vectors wide and, for several threads, into blocks of rows or columns.</summary>
/// <remarks>
/// Where neighbouring columns of b are no neighbours in memory, a panel is packed transposed; likewise c. So a caller with a
/// transposed operand may choose which of a and b it hands in as b, and gives the shorter one.
/// </remarks>
/// <param name="A">[row, inner].</param> <param name="B">[inner, column].</param> <param name="C">[row, column]; either its row or its column stride is 1.</param>
/// <param name="BInner">Elements from one inner index of b to the next; either it or <paramref name="BColumn"/> is 1.</param>
internal readonly unsafe record struct TiledProduct(
    nint A, nint ARow, nint AInner, nint B, nint BInner, nint BColumn, nint C, nint CRow, nint CColumn, int Rows, int Inner, int Columns, bool Carry)
{
    // 64 KiB of packed b beside a's rows: in a second-level cache, mostly in the first.
    private const int PanelDepth = 512;
    private const int MaxPanelWidth = 32;

    // Fewer rows than this pass a panel too seldom to pay for its copy.
    private const int RowsWorthPacking = 17;

    // Below this a second thread costs more to wake than it saves.
    private const long ParallelMultiplyAdds = 1_000_000;

    public void Run(bool spread)
    {
        int workers = spread && (long)Rows * Inner * Columns >= ParallelMultiplyAdds ? Environment.ProcessorCount : 1;
        if (workers <= 1) { RunHere(); }
        else { Spread.Run(workers, new Job(this, workers)); }
    }

    private void RunHere()
    {
        // Two vectors of the narrowest kind that hold all columns, else the widest.
        if (Vector512.IsHardwareAccelerated && Columns > 2 * Lanes256.Count) { Panels<Lanes512>(); }
        else if (Vector256.IsHardwareAccelerated && Columns > 2 * Lanes128.Count) { Panels<Lanes256>(); }
        else { Panels<Lanes128>(); }
    }

    private TiledProduct Part(int part, int parts)
    {
        bool byRows = Rows >= Columns;
        int length = byRows ? Rows : Columns, unit = byRows ? 8 : MaxPanelWidth, units = (length + unit - 1) / unit;
        int first = Math.Min(length, unit * (int)((long)units * part / parts)), end = Math.Min(length, unit * (int)((long)units * (part + 1) / parts));
        return byRows
            ? this with { A = A + (first * ARow * sizeof(float)), C = C + (first * CRow * sizeof(float)), Rows = end - first }
            : this with { B = B + (first * BColumn * sizeof(float)), C = C + (first * CColumn * sizeof(float)), Columns = end - first };
    }

    [SkipLocalsInit]
    private void Panels<T>()
        where T : struct, ILanes<T>
    {
        int width = 2 * T.Count;
        float* panel = stackalloc float[PanelDepth * width];
        float* tile = stackalloc float[8 * width];
        for (int column = 0; column < Columns; column += width)
        {
            int used = Math.Min(width, Columns - column);
            bool carry = Carry;
            for (int k = 0; k < Inner || (k == 0 && Inner == 0); k += PanelDepth, carry = true)
            {
                int depth = Math.Min(PanelDepth, Inner - k);
                float* a = (float*)A + (k * AInner), b = (float*)B + (k * BInner) + (column * BColumn), c = (float*)C + (column * CColumn);
                nint bInner = BInner;
                if (used < width || BColumn != 1 || Rows >= RowsWorthPacking)
                {
                    Pack(b, depth, used, width, panel);
                    b = panel;
                    bInner = width;
                }

                if (used == width && CColumn == 1) { RegisterTile<T>.Run(Rows, a, ARow, AInner, b, bInner, depth, c, CRow, carry); }
                else { ThroughTile<T>(a, b, bInner, depth, used, c, carry, tile); }
            }
        }
    }

    private void Pack(float* b, int depth, int used, int width, float* panel)
    {
        if (BColumn != 1) { Transpose.Copy(b, BColumn, used, depth, panel, width); }
        else
        {
            for (int k = 0; k < depth; k++) { Copy(b + (k * BInner), used, panel + (k * width)); }
        }

        // Lanes beyond the matrix hold zeros: whatever the stack held could raise slow subnormal arithmetic.
        for (int k = 0; used < width && k < depth; k++) { new Span<float>(panel + (k * width) + used, width - used).Clear(); }
    }

    // Where c has fewer columns than the panel, or lies the other way round.
    private void ThroughTile<T>(float* a, float* b, nint bInner, int depth, int used, float* c, bool carry, float* tile)
        where T : struct, ILanes<T>
    {
        int width = 2 * T.Count;
        for (int row = 0; row < Rows; row += 8)
        {
            int live = Math.Min(8, Rows - row);
            float* at = c + (row * CRow);
            if (carry)
            {
                if (CColumn != 1) { Transpose.Copy(at, CColumn, used, live, tile, width); }
                else
                {
                    for (int r = 0; r < live; r++) { Copy(at + (r * CRow), used, tile + (r * width)); }
                }

                for (int r = 0; used < width && r < live; r++) { new Span<float>(tile + (r * width) + used, width - used).Clear(); }
            }

            RegisterTile<T>.Run(live, a + (row * ARow), ARow, AInner, b, bInner, depth, tile, width, carry);
            if (CColumn != 1) { Transpose.Copy(tile, width, live, used, at, CColumn); }
            else
            {
                for (int r = 0; r < live; r++) { Copy(tile + (r * width), used, at + (r * CRow)); }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(float* from, int count, float* to)
    {
        int i = 0;
        for (; i <= count - 8; i += 8) { Vector256.Load(from + i).Store(to + i); }
        for (; i < count; i++) { to[i] = from[i]; }
    }

    private readonly record struct Job(TiledProduct Whole, int Parts) : ITileJob
    {
        public void Run(int tile) => Whole.Part(tile, Parts).RunHere();
    }
}
