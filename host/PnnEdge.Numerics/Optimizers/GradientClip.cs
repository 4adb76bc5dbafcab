namespace PnnEdge.Numerics.Optimizers;

/// <summary>Scales a gradient so that its Euclidean norm does not pass a limit; its direction stays.</summary>
public static class GradientClip
{
    /// <param name="gradient">[parameter]; scaled in place.</param>
    /// <returns>The norm before clipping; NaN or infinite when an element is, and then nothing is scaled.</returns>
    public static double ToNorm(Span<float> gradient, double maxNorm)
    {
        double sum = 0;
        foreach (float g in gradient) { sum += (double)g * g; }
        double norm = Math.Sqrt(sum);
        if (norm > maxNorm && double.IsFinite(norm))
        {
            float scale = (float)(maxNorm / norm);
            for (int i = 0; i < gradient.Length; i++) { gradient[i] *= scale; }
        }

        return norm;
    }
}
