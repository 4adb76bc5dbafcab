namespace PnnEdge.Numerics.Reference;

/// <summary>The activations and their slopes in double, from the system's math library.</summary>
public static class ReferenceActivations
{
    public static double Swish(double x) => x / (1 + Math.Exp(-x));

    public static double SwishSlope(double x)
    {
        double s = 1 / (1 + Math.Exp(-x));
        return s + (x * s * (1 - s));
    }

    public static double TanhSlope(double x) => 1 - (Math.Tanh(x) * Math.Tanh(x));
}
