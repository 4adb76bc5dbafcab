namespace PnnEdge.Training.Coding;

/// <summary>A layer's input onto its data slots: unit = scale·input[source] + offset, one scale and offset per layer.</summary>
public static class DataAffine
{
    /// <param name="input">[shot, input].</param> <param name="source">[data slot]: which input it carries; fixed wiring.</param>
    /// <param name="unit">[shot, data slot], 1: 0 and 1 are the ends of the drive range; overwritten, not clamped.</param>
    public static void Forward(ReadOnlySpan<float> input, int shots, ReadOnlySpan<int> source, float scale, float offset, Span<float> unit)
    {
        int inputs = input.Length / shots;
        for (int s = 0; s < shots; s++)
        {
            ReadOnlySpan<float> from = input.Slice(s * inputs, inputs);
            Span<float> to = unit.Slice(s * source.Length, source.Length);
            for (int i = 0; i < source.Length; i++) { to[i] = (scale * from[source[i]]) + offset; }
        }
    }

    /// <param name="input">[shot, input], as given to Forward.</param>
    /// <param name="dunit">[shot, data slot], ∂loss/∂unit.</param>
    /// <param name="dinput">[shot, input]; overwritten.</param> <param name="dscale">Added to.</param> <param name="doffset">Added to.</param>
    public static void Vjp(
        ReadOnlySpan<float> input, int shots, ReadOnlySpan<int> source, float scale, ReadOnlySpan<float> dunit,
        Span<float> dinput, ref float dscale, ref float doffset)
    {
        int inputs = input.Length / shots;
        dinput.Clear();
        double scaleSum = 0, offsetSum = 0;
        for (int s = 0; s < shots; s++)
        {
            ReadOnlySpan<float> from = input.Slice(s * inputs, inputs), d = dunit.Slice(s * source.Length, source.Length);
            Span<float> to = dinput.Slice(s * inputs, inputs);
            for (int i = 0; i < source.Length; i++)
            {
                scaleSum += (double)d[i] * from[source[i]];
                offsetSum += d[i];
                to[source[i]] += scale * d[i];
            }
        }

        dscale += (float)scaleSum;
        doffset += (float)offsetSum;
    }
}
