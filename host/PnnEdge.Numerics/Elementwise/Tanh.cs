using System.Numerics;

namespace PnnEdge.Numerics.Elementwise;

public static class Tanh
{
    /// <param name="x">[any].</param> <param name="y">[any]; overwritten, absolute error below 2e-7.</param>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y) => Map.Run<Value>(x, y);

    /// <param name="y">[any], the result of Forward.</param> <param name="dy">[any], ∂loss/∂y.</param> <param name="dx">[any]; overwritten.</param>
    public static void Vjp(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx) => Map.Run<Reverse>(y, dy, dx);

    private readonly struct Value : IUnary
    {
        public static Vector<float> Of(Vector<float> x)
        {
            Vector<float> e = Exponential.Of(x + x);
            return Vector<float>.One - (new Vector<float>(2f) / (e + Vector<float>.One));
        }
    }

    private readonly struct Reverse : IBinary
    {
        public static Vector<float> Of(Vector<float> y, Vector<float> dy) => dy * (Vector<float>.One - (y * y));
    }
}
