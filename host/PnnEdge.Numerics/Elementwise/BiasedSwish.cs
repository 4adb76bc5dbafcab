using System.Numerics;
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
                Row(
                    new ReadOnlySpan<float>((float*)Bias + column, length), new Span<float>((float*)Z + at, length), new Span<float>((float*)Y + at, length));
                at += length;
            }
        }

        private static void Row(ReadOnlySpan<float> bias, Span<float> z, Span<float> y)
        {
            int i = 0;
            for (; i <= z.Length - Vector<float>.Count; i += Vector<float>.Count)
            {
                Vector<float> sum = new Vector<float>(bias[i..]) + new Vector<float>(z[i..]);
                sum.CopyTo(z[i..]);
                Swish.Of(sum).CopyTo(y[i..]);
            }

            if (i == z.Length) { return; }
            Span<float> tail = stackalloc float[Vector<float>.Count];
            for (int t = i; t < z.Length; t++) { tail[t - i] = z[t] += bias[t]; }
            Swish.Of(new Vector<float>(tail)).CopyTo(tail);
            tail[..(z.Length - i)].CopyTo(y[i..]);
        }
    }
}
