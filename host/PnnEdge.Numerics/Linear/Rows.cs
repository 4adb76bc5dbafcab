using System.Numerics;

namespace PnnEdge.Numerics.Linear;

/// <summary>A bias row added to every row, and its reverse: the sum over rows.</summary>
public static class Rows
{
    /// <param name="bias">[column].</param> <param name="y">[row, column]; added to.</param>
    public static void AddToEach(ReadOnlySpan<float> bias, int rows, Span<float> y)
    {
        Require.Length(y, rows * bias.Length, nameof(y));
        for (int r = 0; r < rows; r++) { Add(bias, y.Slice(r * bias.Length, bias.Length)); }
    }

    /// <param name="dy">[row, column].</param> <param name="dbias">[column]; added to, row after row.</param>
    public static void AddToEachVjp(ReadOnlySpan<float> dy, int rows, Span<float> dbias)
    {
        Require.Length(dy, rows * dbias.Length, nameof(dy));
        for (int r = 0; r < rows; r++) { Add(dy.Slice(r * dbias.Length, dbias.Length), dbias); }
    }

    /// <summary>y += x.</summary>
    /// <param name="x">[any].</param> <param name="y">[any], as long; added to.</param>
    public static void Add(ReadOnlySpan<float> x, Span<float> y)
    {
        Require.Length(y, x.Length, nameof(y));
        int i = 0;
        for (; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            (new Vector<float>(x[i..]) + new Vector<float>(y[i..])).CopyTo(y[i..]);
        }

        for (; i < x.Length; i++) { y[i] += x[i]; }
    }
}
