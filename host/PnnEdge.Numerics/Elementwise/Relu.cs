using System.Numerics;

namespace PnnEdge.Numerics.Elementwise;

public static class Relu
{
    /// <param name="x">[any].</param> <param name="y">[any]; overwritten, NaN stays NaN.</param>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y) => Map.Run<Value>(x, y);

    /// <param name="x">[any], as given to Forward.</param> <param name="dy">[any], ∂loss/∂y.</param> <param name="dx">[any]; overwritten; the slope at 0 is 0.</param>
    public static void Vjp(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dx) => Map.Run<Reverse>(x, dy, dx);

    private readonly struct Value : IUnary
    {
        public static Vector<float> Of(Vector<float> x) => Vector.Max(x, Vector<float>.Zero);
    }

    private readonly struct Reverse : IBinary
    {
        public static Vector<float> Of(Vector<float> x, Vector<float> dy) =>
            Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<float>.Zero), dy, Vector<float>.Zero);
    }
}
