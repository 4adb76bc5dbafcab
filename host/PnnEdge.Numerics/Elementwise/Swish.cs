using System.Numerics;

namespace PnnEdge.Numerics.Elementwise;

/// <summary>x·logistic(x): smooth, so that a twin's gradient is smooth where its value is.</summary>
public static class Swish
{
    /// <param name="x">[any].</param> <param name="y">[any]; overwritten, may be <paramref name="x"/>.</param>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y) => Map.Run<Value>(x, y);

    /// <param name="x">[any], as given to Forward.</param> <param name="dy">[any], ∂loss/∂y.</param> <param name="dx">[any]; overwritten, may be <paramref name="dy"/>.</param>
    public static void Vjp(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dx) => Map.Run<Reverse>(x, dy, dx);

    internal static Vector<float> Of(Vector<float> x) => x * Exponential.Logistic(x);

    private readonly struct Value : IUnary
    {
        public static Vector<float> Of(Vector<float> x) => Swish.Of(x);
    }

    private readonly struct Reverse : IBinary
    {
        public static Vector<float> Of(Vector<float> x, Vector<float> dy)
        {
            Vector<float> s = Exponential.Logistic(x);
            return dy * (s + (x * s * (Vector<float>.One - s)));
        }
    }
}
