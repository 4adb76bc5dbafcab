namespace PnnEdge.Training.Coding;

/// <summary>A layer's input onto its data slots: unit = scale·input[source] + offset, with one scale and offset for the layer or one for every slot.</summary>
public static class DataAffine
{
    /// <summary>Source of a slot that carries no input.</summary>
    public const int Idle = -1;

    /// <param name="input">[shot, input].</param> <param name="source">[data slot]: which input it carries, or <see cref="Idle"/>; fixed wiring.</param>
    /// <param name="scale">[1] or [data slot].</param> <param name="offset">[1] or [data slot].</param>
    /// <param name="idleUnit">What idle slots carry.</param>
    /// <param name="unit">[shot, data slot], 1: 0 and 1 are the ends of the drive range; overwritten, not clamped.</param>
    public static void Forward(
        ReadOnlySpan<float> input, int shots, ReadOnlySpan<int> source, ReadOnlySpan<float> scale, ReadOnlySpan<float> offset, float idleUnit, Span<float> unit)
    {
        int inputs = input.Length / shots;
        for (int s = 0; s < shots; s++)
        {
            ReadOnlySpan<float> from = input.Slice(s * inputs, inputs);
            Span<float> to = unit.Slice(s * source.Length, source.Length);
            for (int i = 0; i < source.Length; i++)
            {
                to[i] = source[i] == Idle ? idleUnit : (scale[scale.Length == 1 ? 0 : i] * from[source[i]]) + offset[offset.Length == 1 ? 0 : i];
            }
        }
    }

    /// <param name="input">[shot, input], as given to Forward.</param>
    /// <param name="dunit">[shot, data slot], ∂loss/∂unit.</param>
    /// <param name="dinput">[shot, input]; overwritten.</param> <param name="dscale">As scale; added to.</param> <param name="doffset">As offset; added to.</param>
    public static void Vjp(
        ReadOnlySpan<float> input, int shots, ReadOnlySpan<int> source, ReadOnlySpan<float> scale, ReadOnlySpan<float> dunit,
        Span<float> dinput, Span<float> dscale, Span<float> doffset)
    {
        int inputs = input.Length / shots;
        bool one = scale.Length == 1;
        dinput.Clear();
        double scaleSum = 0, offsetSum = 0;
        for (int s = 0; s < shots; s++)
        {
            ReadOnlySpan<float> from = input.Slice(s * inputs, inputs), d = dunit.Slice(s * source.Length, source.Length);
            Span<float> to = dinput.Slice(s * inputs, inputs);
            for (int i = 0; i < source.Length; i++)
            {
                int at = source[i];
                if (at == Idle) { continue; }
                to[at] += scale[one ? 0 : i] * d[i];
                if (one)
                {
                    // One number that sums over thousands of slots: in double.
                    scaleSum += (double)d[i] * from[at];
                    offsetSum += d[i];
                }
                else
                {
                    dscale[i] += d[i] * from[at];
                    doffset[i] += d[i];
                }
            }
        }

        if (one)
        {
            dscale[0] += (float)scaleSum;
            doffset[0] += (float)offsetSum;
        }
    }
}
