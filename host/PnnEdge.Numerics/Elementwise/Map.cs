using System.Numerics;

namespace PnnEdge.Numerics.Elementwise;

internal interface IUnary
{
    static abstract Vector<float> Of(Vector<float> x);
}

internal interface IBinary
{
    static abstract Vector<float> Of(Vector<float> a, Vector<float> b);
}

/// <summary>Applies one vector function to spans; the tail goes through the same vector code, so a value's place never changes its bits.</summary>
internal static class Map
{
    public static void Run<T>(ReadOnlySpan<float> x, Span<float> y) where T : IUnary
    {
        Require.Length(y, x.Length, nameof(y));
        int i = 0;
        for (; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count) { T.Of(new Vector<float>(x[i..])).CopyTo(y[i..]); }
        if (i < x.Length)
        {
            Span<float> tail = stackalloc float[Vector<float>.Count];
            x[i..].CopyTo(tail);
            T.Of(new Vector<float>(tail)).CopyTo(tail);
            tail[..(x.Length - i)].CopyTo(y[i..]);
        }
    }

    public static void Run<T>(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y) where T : IBinary
    {
        Require.Length(b, a.Length, nameof(b));
        Require.Length(y, a.Length, nameof(y));
        int i = 0;
        for (; i <= a.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            T.Of(new Vector<float>(a[i..]), new Vector<float>(b[i..])).CopyTo(y[i..]);
        }

        if (i < a.Length)
        {
            Span<float> tailA = stackalloc float[Vector<float>.Count];
            Span<float> tailB = stackalloc float[Vector<float>.Count];
            a[i..].CopyTo(tailA);
            b[i..].CopyTo(tailB);
            T.Of(new Vector<float>(tailA), new Vector<float>(tailB)).CopyTo(tailA);
            tailA[..(a.Length - i)].CopyTo(y[i..]);
        }
    }
}
