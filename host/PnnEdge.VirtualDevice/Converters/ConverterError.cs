using PnnEdge.Numerics.Chance;

namespace PnnEdge.VirtualDevice.Converters;

/// <summary>How far one converter is from its nominal line: gain, offset and a smooth nonlinearity that is 0 at both ends of the range.</summary>
/// <param name="Gain">1 for an exact one.</param>
/// <param name="OffsetSteps">Steps.</param>
/// <param name="BowSteps">[k], steps: of sin((k+1)π·position), position from 0 to 1 over the range.</param>
public sealed record ConverterError(double Gain, double OffsetSteps, IReadOnlyList<double> BowSteps)
{
    public static ConverterError None { get; } = new(1, 0, []);

    public bool IsNone => Gain == 1 && OffsetSteps == 0 && BowSteps.All(bow => bow == 0);

    /// <summary>What comes out where the nominal converter would have these volts, V.</summary>
    /// <param name="minVolts">Of the range.</param> <param name="maxVolts">Of the range.</param> <param name="stepVolts">One code.</param>
    public double Volts(double volts, double minVolts, double maxVolts, double stepVolts)
    {
        double position = (volts - minVolts) / (maxVolts - minVolts), steps = OffsetSteps;
        for (int k = 0; k < BowSteps.Count; k++) { steps += BowSteps[k] * Math.Sin((k + 1) * Math.PI * position); }
        return (Gain * volts) + (steps * stepVolts);
    }
}

/// <summary>A board's two converters as they left the factory.</summary>
public sealed record ConverterUnit(ConverterError Drive, ConverterError Sense)
{
    // Ours, of the size that data sheets of 12-bit converters give: 0.5 % of gain, 3 steps of offset, and nonlinearity of about half a step.
    private const double GainTolerance = 5e-3;
    private const double OffsetSteps = 3;
    private const double BowSteps = 0.5;
    private const int Bows = 4;

    public static ConverterUnit Exact { get; } = new(ConverterError.None, ConverterError.None);

    /// <summary>Fixed by the serial number for life.</summary>
    public static ConverterUnit Of(ulong serial)
    {
        var random = new SeededRandom(serial, stream: 0xADC);
        return new ConverterUnit(Draw(random), Draw(random));
    }

    private static ConverterError Draw(SeededRandom random) => new(
        1 + (GainTolerance * Symmetric(random)), OffsetSteps * Symmetric(random), [.. Enumerable.Range(1, Bows).Select(k => BowSteps / k * Symmetric(random))]);

    private static double Symmetric(SeededRandom random) => (2 * random.NextDouble()) - 1;
}
