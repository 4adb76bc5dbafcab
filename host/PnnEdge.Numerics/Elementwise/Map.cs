using System.Numerics;
using PnnEdge.Numerics.Threading;

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
internal static unsafe class Map
{
    public static void Run<T>(ReadOnlySpan<float> x, Span<float> y) where T : IUnary
    {
        Require.Length(y, x.Length, nameof(y));
        fixed (float* px = x, py = y) { Spread.Elements(x.Length, new Unary<T>((nint)px, (nint)py)); }
    }

    public static void Run<T>(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y) where T : IBinary
    {
        Require.Length(b, a.Length, nameof(b));
        Require.Length(y, a.Length, nameof(y));
        fixed (float* pa = a, pb = b, py = y) { Spread.Elements(a.Length, new Binary<T>((nint)pa, (nint)pb, (nint)py)); }
    }

    private static void Piece<T>(ReadOnlySpan<float> x, Span<float> y) where T : IUnary
    {
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

    private static void Piece<T>(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y) where T : IBinary
    {
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

    private readonly record struct Unary<T>(nint X, nint Y) : IElementJob
        where T : IUnary
    {
        public void Run(int first, int count) => Piece<T>(new ReadOnlySpan<float>((float*)X + first, count), new Span<float>((float*)Y + first, count));
    }

    private readonly record struct Binary<T>(nint A, nint B, nint Y) : IElementJob
        where T : IBinary
    {
        public void Run(int first, int count) => Piece<T>(
            new ReadOnlySpan<float>((float*)A + first, count), new ReadOnlySpan<float>((float*)B + first, count), new Span<float>((float*)Y + first, count));
    }
}
