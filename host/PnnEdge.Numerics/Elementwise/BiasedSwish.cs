using System.Numerics;
using System.Runtime.CompilerServices;
using PnnEdge.Numerics.Threading;

namespace PnnEdge.Numerics.Elementwise;

/// <summary>A bias row added to every row, and swish of the sum, in one sweep over the memory; the bits are those of the two steps one after the other.</summary>
public static unsafe class BiasedSwish
{
    /// <param name="bias">[column].</param>
    /// <param name="z">[row, column]; the bias is added: the reverse needs what went into swish.</param>
    /// <param name="y">[row, column]; overwritten.</param>
    public static void Forward(ReadOnlySpan<float> bias, int rows, Span<float> z, Span<float> y)
    {
        Require.Length(z, rows * bias.Length, nameof(z));
        Require.Length(y, rows * bias.Length, nameof(y));
        fixed (float* b = bias, pz = z, py = y) { Spread.Elements(z.Length, new Sweep((nint)b, bias.Length, (nint)pz, (nint)py)); }
    }

    private readonly record struct Sweep(nint Bias, int Columns, nint Z, nint Y) : IElementJob
    {
        // A piece may begin and end inside a row.
        public void Run(int first, int count)
        {
            for (int at = first, end = first + count; at < end;)
            {
                int column = at % Columns, length = Math.Min(Columns - column, end - at);
                Row((float*)Bias + column, (float*)Z + at, (float*)Y + at, length);
                at += length;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Row(float* bias, float* z, float* y, int count)
        {
            int i = 0;
            for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
            {
                Vector<float> sum = Vector.Load(bias + i) + Vector.Load(z + i);
                sum.Store(z + i);
                Swish.Of(sum).Store(y + i);
            }

            if (i == count) { return; }
            float* tail = stackalloc float[Vector<float>.Count];
            for (int t = i; t < count; t++) { tail[t - i] = z[t] += bias[t]; }
            Swish.Of(Vector.Load(tail)).Store(tail);
            for (int t = i; t < count; t++) { y[t] = tail[t - i]; }
        }
    }
}
