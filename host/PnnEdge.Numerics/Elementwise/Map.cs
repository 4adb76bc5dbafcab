using System.Numerics;
using System.Runtime.CompilerServices;
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

    // Optimised at once: what the compiler learns from a first few calls made such loops three times slower.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Piece<T>(float* x, float* y, int count) where T : IUnary
    {
        int i = 0;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count) { T.Of(Vector.Load(x + i)).Store(y + i); }
        if (i < count)
        {
            float* tail = stackalloc float[Vector<float>.Count];
            Copy(x + i, count - i, tail);
            T.Of(Vector.Load(tail)).Store(tail);
            Copy(tail, count - i, y + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Piece<T>(float* a, float* b, float* y, int count) where T : IBinary
    {
        int i = 0;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count) { T.Of(Vector.Load(a + i), Vector.Load(b + i)).Store(y + i); }
        if (i < count)
        {
            float* tailA = stackalloc float[Vector<float>.Count];
            float* tailB = stackalloc float[Vector<float>.Count];
            Copy(a + i, count - i, tailA);
            Copy(b + i, count - i, tailB);
            T.Of(Vector.Load(tailA), Vector.Load(tailB)).Store(tailA);
            Copy(tailA, count - i, y + i);
        }
    }

    private static void Copy(float* from, int count, float* to)
    {
        for (int i = 0; i < count; i++) { to[i] = from[i]; }
    }

    private readonly record struct Unary<T>(nint X, nint Y) : IElementJob
        where T : IUnary
    {
        public void Run(int first, int count) => Piece<T>((float*)X + first, (float*)Y + first, count);
    }

    private readonly record struct Binary<T>(nint A, nint B, nint Y) : IElementJob
        where T : IBinary
    {
        public void Run(int first, int count) => Piece<T>((float*)A + first, (float*)B + first, (float*)Y + first, count);
    }
}
