using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace PnnEdge.Numerics.Linear;

/// <summary>Copies that exchange rows and columns, 4 × 4 at a time in registers.</summary>
internal static unsafe class Transpose
{
    /// <param name="from">[row, column], a row every <paramref name="fromRow"/>.</param> <param name="to">[column, row], a column every <paramref name="toColumn"/>; overwritten.</param>
    public static void Copy(float* from, nint fromRow, int rows, int columns, float* to, nint toColumn)
    {
        int row = 0;
        for (; row <= rows - 4; row += 4)
        {
            float* source = from + (row * fromRow);
            int column = 0;
            for (; column <= columns - 4; column += 4) { FourByFour(source + column, fromRow, to + (column * toColumn) + row, toColumn); }
            for (; column < columns; column++)
            {
                for (int r = 0; r < 4; r++) { to[(column * toColumn) + row + r] = source[(r * fromRow) + column]; }
            }
        }

        for (; row < rows; row++)
        {
            for (int column = 0; column < columns; column++) { to[(column * toColumn) + row] = from[(row * fromRow) + column]; }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourByFour(float* from, nint fromRow, float* to, nint toColumn)
    {
        Vector128<float> r0 = Vector128.Load(from), r1 = Vector128.Load(from + fromRow);
        Vector128<float> r2 = Vector128.Load(from + (2 * fromRow)), r3 = Vector128.Load(from + (3 * fromRow));
        Vector128<float> low01 = ZipLow(r0, r1), low23 = ZipLow(r2, r3), high01 = ZipHigh(r0, r1), high23 = ZipHigh(r2, r3);
        Lower(low01, low23).Store(to);
        Upper(low01, low23).Store(to + toColumn);
        Lower(high01, high23).Store(to + (2 * toColumn));
        Upper(high01, high23).Store(to + (3 * toColumn));
    }

    // a0 b0 a1 b1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipLow(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b) : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b) : Vector128.Create(a[0], b[0], a[1], b[1]);

    // a2 b2 a3 b3.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipHigh(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b) : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b) : Vector128.Create(a[2], b[2], a[3], b[3]);

    // a0 a1 b0 b1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Lower(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.MoveLowToHigh(a, b) : Vector128.Create(a.GetLower(), b.GetLower());

    // a2 a3 b2 b3.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Upper(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.MoveHighToLow(b, a) : Vector128.Create(a.GetUpper(), b.GetUpper());
}
