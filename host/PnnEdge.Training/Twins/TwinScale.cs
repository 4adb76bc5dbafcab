namespace PnnEdge.Training.Twins;

/// <summary>Fixed scales around a twin, taken from the rows it is fitted to; no spread is 0.</summary>
/// <param name="InputCentreVolts">[input].</param> <param name="InputSpreadVolts">[input].</param>
/// <param name="OutputCentreVolts">[output].</param> <param name="OutputSpreadVolts">[output].</param>
public sealed record TwinScale(float[] InputCentreVolts, float[] InputSpreadVolts, float[] OutputCentreVolts, float[] OutputSpreadVolts)
{
    /// <param name="x">[shot, input], V.</param> <param name="y">[shot, output], V.</param>
    public static TwinScale Of(ReadOnlySpan<float> x, ReadOnlySpan<float> y, int rows)
    {
        (float[] xc, float[] xs) = Moments(x, rows);
        (float[] yc, float[] ys) = Moments(y, rows);
        return new TwinScale(xc, xs, yc, ys);
    }

    /// <summary>For a twin that time shifts: one scale for all slots, one for each actuator, one for each window of a step.</summary>
    /// <param name="x">[shot, slot then actuator], V.</param> <param name="y">[shot, window], V.</param>
    public static TwinScale OfSteps(ReadOnlySpan<float> x, ReadOnlySpan<float> y, int shots, int slots, int windowsPerStep)
    {
        int inputs = x.Length / shots, actuators = inputs - slots;
        float[] allSlots = new float[shots * slots], allActuators = new float[shots * actuators];
        for (int s = 0; s < shots; s++)
        {
            x.Slice(s * inputs, slots).CopyTo(allSlots.AsSpan(s * slots));
            x.Slice((s * inputs) + slots, actuators).CopyTo(allActuators.AsSpan(s * actuators));
        }

        (float[] xc, float[] xs) = Moments(allSlots, allSlots.Length);
        (float[] ac, float[] spread) = Moments(allActuators, shots);
        (float[] yc, float[] ys) = Moments(y, y.Length / windowsPerStep);
        return new TwinScale([.. xc, .. ac], [.. xs, .. spread], yc, ys);
    }

    private static (float[] Centre, float[] Spread) Moments(ReadOnlySpan<float> values, int rows)
    {
        int columns = values.Length / rows;
        float[] centre = new float[columns], spread = new float[columns];
        for (int c = 0; c < columns; c++)
        {
            double sum = 0, squares = 0;
            for (int s = 0; s < rows; s++) { sum += values[(s * columns) + c]; }
            double mean = sum / rows;
            for (int s = 0; s < rows; s++) { squares += Math.Pow(values[(s * columns) + c] - mean, 2); }
            double sd = Math.Sqrt(squares / rows);
            centre[c] = (float)mean;
            spread[c] = sd > 1e-6 ? (float)sd : 1f; // a dead channel stays as it is instead of being blown up
        }

        return (centre, spread);
    }
}
