using System.Runtime.CompilerServices;

namespace PnnEdge.Numerics.Linear;

/// <summary>
/// The innermost loops, c[row, column] = Σ a[row, inner]·b[inner, column] for two vectors of neighbouring columns: every sum
/// stays in a register, one chain of fused multiply-adds in index order.
/// </summary>
/// <typeparam name="T">The vector.</typeparam>
internal static unsafe class RegisterTile<T>
    where T : struct, ILanes<T>
{
    /// <param name="rows">Any number; as many at a time as registers hold.</param>
    /// <param name="a">[row, inner], both strided.</param> <param name="b">[inner, column], inner strided, columns neighbours.</param>
    /// <param name="c">[row, column], row strided; added to where <paramref name="carry"/>, else overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(int rows, float* a, nint aRow, nint aInner, float* b, nint bInner, int depth, float* c, nint cRow, bool carry)
    {
        for (; rows >= 8 && T.TileRows == 8; rows -= 8, a += 8 * aRow, c += 8 * cRow) { EightRows(a, aRow, aInner, b, bInner, depth, c, cRow, carry); }
        for (; rows >= 4; rows -= 4, a += 4 * aRow, c += 4 * cRow) { FourRows(a, aRow, aInner, b, bInner, depth, c, cRow, carry); }
        for (; rows > 0; rows--, a += aRow, c += cRow) { OneRow(a, aInner, b, bInner, depth, c, carry); }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightRows(float* a, nint aRow, nint aInner, float* b, nint bInner, int depth, float* c, nint cRow, bool carry)
    {
        nint v = T.Count;
        nint aRow3 = 3 * aRow, cRow3 = 3 * cRow;
        float* a4 = a + (4 * aRow), c4 = c + (4 * cRow);
        T c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default, c60 = default, c61 = default, c70 = default, c71 = default;
        if (carry)
        {
            c00 = T.Load(c);
            c01 = T.Load(c + v);
            c10 = T.Load(c + cRow);
            c11 = T.Load(c + cRow + v);
            c20 = T.Load(c + (2 * cRow));
            c21 = T.Load(c + (2 * cRow) + v);
            c30 = T.Load(c + cRow3);
            c31 = T.Load(c + cRow3 + v);
            c40 = T.Load(c4);
            c41 = T.Load(c4 + v);
            c50 = T.Load(c4 + cRow);
            c51 = T.Load(c4 + cRow + v);
            c60 = T.Load(c4 + (2 * cRow));
            c61 = T.Load(c4 + (2 * cRow) + v);
            c70 = T.Load(c4 + cRow3);
            c71 = T.Load(c4 + cRow3 + v);
        }

        for (int k = depth; k > 0; k--)
        {
            T b0 = T.Load(b), b1 = T.Load(b + v);
            T x = T.Broadcast(*a);
            c00 = T.MultiplyAdd(x, b0, c00);
            c01 = T.MultiplyAdd(x, b1, c01);
            x = T.Broadcast(a[aRow]);
            c10 = T.MultiplyAdd(x, b0, c10);
            c11 = T.MultiplyAdd(x, b1, c11);
            x = T.Broadcast(a[2 * aRow]);
            c20 = T.MultiplyAdd(x, b0, c20);
            c21 = T.MultiplyAdd(x, b1, c21);
            x = T.Broadcast(a[aRow3]);
            c30 = T.MultiplyAdd(x, b0, c30);
            c31 = T.MultiplyAdd(x, b1, c31);
            x = T.Broadcast(*a4);
            c40 = T.MultiplyAdd(x, b0, c40);
            c41 = T.MultiplyAdd(x, b1, c41);
            x = T.Broadcast(a4[aRow]);
            c50 = T.MultiplyAdd(x, b0, c50);
            c51 = T.MultiplyAdd(x, b1, c51);
            x = T.Broadcast(a4[2 * aRow]);
            c60 = T.MultiplyAdd(x, b0, c60);
            c61 = T.MultiplyAdd(x, b1, c61);
            x = T.Broadcast(a4[aRow3]);
            c70 = T.MultiplyAdd(x, b0, c70);
            c71 = T.MultiplyAdd(x, b1, c71);
            a += aInner;
            a4 += aInner;
            b += bInner;
        }

        T.Store(c00, c);
        T.Store(c01, c + v);
        T.Store(c10, c + cRow);
        T.Store(c11, c + cRow + v);
        T.Store(c20, c + (2 * cRow));
        T.Store(c21, c + (2 * cRow) + v);
        T.Store(c30, c + cRow3);
        T.Store(c31, c + cRow3 + v);
        T.Store(c40, c4);
        T.Store(c41, c4 + v);
        T.Store(c50, c4 + cRow);
        T.Store(c51, c4 + cRow + v);
        T.Store(c60, c4 + (2 * cRow));
        T.Store(c61, c4 + (2 * cRow) + v);
        T.Store(c70, c4 + cRow3);
        T.Store(c71, c4 + cRow3 + v);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourRows(float* a, nint aRow, nint aInner, float* b, nint bInner, int depth, float* c, nint cRow, bool carry)
    {
        nint v = T.Count;
        nint aRow3 = 3 * aRow, cRow3 = 3 * cRow;
        T c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default;
        if (carry)
        {
            c00 = T.Load(c);
            c01 = T.Load(c + v);
            c10 = T.Load(c + cRow);
            c11 = T.Load(c + cRow + v);
            c20 = T.Load(c + (2 * cRow));
            c21 = T.Load(c + (2 * cRow) + v);
            c30 = T.Load(c + cRow3);
            c31 = T.Load(c + cRow3 + v);
        }

        for (int k = depth; k > 0; k--)
        {
            T b0 = T.Load(b), b1 = T.Load(b + v);
            T x = T.Broadcast(*a);
            c00 = T.MultiplyAdd(x, b0, c00);
            c01 = T.MultiplyAdd(x, b1, c01);
            x = T.Broadcast(a[aRow]);
            c10 = T.MultiplyAdd(x, b0, c10);
            c11 = T.MultiplyAdd(x, b1, c11);
            x = T.Broadcast(a[2 * aRow]);
            c20 = T.MultiplyAdd(x, b0, c20);
            c21 = T.MultiplyAdd(x, b1, c21);
            x = T.Broadcast(a[aRow3]);
            c30 = T.MultiplyAdd(x, b0, c30);
            c31 = T.MultiplyAdd(x, b1, c31);
            a += aInner;
            b += bInner;
        }

        T.Store(c00, c);
        T.Store(c01, c + v);
        T.Store(c10, c + cRow);
        T.Store(c11, c + cRow + v);
        T.Store(c20, c + (2 * cRow));
        T.Store(c21, c + (2 * cRow) + v);
        T.Store(c30, c + cRow3);
        T.Store(c31, c + cRow3 + v);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneRow(float* a, nint aInner, float* b, nint bInner, int depth, float* c, bool carry)
    {
        nint v = T.Count;
        T c00 = default, c01 = default;
        if (carry)
        {
            c00 = T.Load(c);
            c01 = T.Load(c + v);
        }

        for (int k = depth; k > 0; k--)
        {
            T b0 = T.Load(b), b1 = T.Load(b + v);
            T x = T.Broadcast(*a);
            c00 = T.MultiplyAdd(x, b0, c00);
            c01 = T.MultiplyAdd(x, b1, c01);
            a += aInner;
            b += bInner;
        }

        T.Store(c00, c);
        T.Store(c01, c + v);
    }
}
