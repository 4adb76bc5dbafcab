using MathNet.Numerics.Distributions;

namespace PnnEdge.Training.Calibration;

/// <summary>A measured figure with its uncertainty, in the words of JCGM 100:2008 (GUM).</summary>
/// <param name="Value">In the unit that the figure's name says.</param>
/// <param name="StandardUncertainty">One σ, same unit.</param>
/// <param name="DegreesOfFreedom">Behind it, by Welch and Satterthwaite's formula (GUM G.4.1); infinite where nothing was estimated from repeats.</param>
public readonly record struct Uncertain(double Value, double StandardUncertainty, double DegreesOfFreedom)
{
    /// <summary>Half the width of the interval that holds the true value with 95 %: Student's t at these degrees of freedom times one σ.</summary>
    public double Expanded95 => StandardUncertainty == 0 ? 0 : StandardUncertainty * StudentQuantile(0.975, DegreesOfFreedom);

    public bool Holds(double truth) => Math.Abs(truth - Value) <= Expanded95;

    /// <summary>The figure with a further, independent uncertainty whose size is known (GUM type B).</summary>
    public Uncertain With(double typeB)
    {
        double a = StandardUncertainty * StandardUncertainty, all = a + (typeB * typeB);
        return new Uncertain(Value, Math.Sqrt(all), a == 0 ? double.PositiveInfinity : DegreesOfFreedom * (all / a) * (all / a));
    }

    public Uncertain Times(double factor) => new(Value * factor, StandardUncertainty * Math.Abs(factor), DegreesOfFreedom);

    /// <summary>Σ weight·mean of independent means, each of so many repeats with a variance of its own.</summary>
    /// <param name="weights">[mean].</param> <param name="variances">[mean], of one repeat.</param>
    public static Uncertain Sum(double value, ReadOnlySpan<double> weights, ReadOnlySpan<double> variances, int repeats)
    {
        double sum = 0, squares = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            double part = weights[i] * weights[i] * variances[i] / repeats;
            sum += part;
            squares += part * part;
        }

        return new Uncertain(value, Math.Sqrt(sum), sum == 0 ? double.PositiveInfinity : sum * sum / squares * (repeats - 1));
    }

    /// <summary>A standard deviation from so many degrees of freedom; its own relative uncertainty is 1/√(2·dof) (GUM E.4.3).</summary>
    public static Uncertain Deviation(double deviation, double degreesOfFreedom) => new(deviation, deviation / Math.Sqrt(2 * degreesOfFreedom), degreesOfFreedom);

    public static double StudentQuantile(double probability, double degreesOfFreedom) => degreesOfFreedom <= 1e6
        ? StudentT.InvCDF(0, 1, degreesOfFreedom, probability)
        : Normal.InvCDF(0, 1, probability); // no end of them, or NaN from a file that says so

    /// <summary>Of the ratio of two variances.</summary>
    public static double FisherQuantile(double probability, double above, double below) => FisherSnedecor.InvCDF(above, below, probability);

    public static double ChiSquareQuantile(double probability, double degreesOfFreedom) => ChiSquared.InvCDF(degreesOfFreedom, probability);
}
