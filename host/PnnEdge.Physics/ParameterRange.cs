namespace PnnEdge.Physics;

/// <summary>One parameter's limits, as data: what a message, a form or a fit needs to know about it.</summary>
/// <param name="Name">As its record names it.</param>
/// <param name="Unit">SI, or 1.</param>
/// <param name="Min">Smallest value that the equations are computed at.</param>
/// <param name="Max">Largest.</param>
/// <param name="Of">Reads it.</param>
public sealed record ParameterRange<TParameters>(string Name, string Unit, double Min, double Max, Func<TParameters, double> Of);

/// <summary>What a system's ranges are for.</summary>
public static class ParameterRanges
{
    /// <returns>The parameters, where every one is in its range.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range or NaN.</exception>
    public static TParameters Require<TParameters>(this IReadOnlyList<ParameterRange<TParameters>> ranges, TParameters parameters)
    {
        foreach (ParameterRange<TParameters> range in ranges)
        {
            double value = range.Of(parameters);
            if (!(value >= range.Min && value <= range.Max))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(parameters), $"Asked for {range.Name} = {value:g6} {range.Unit}; possible is {range.Min:g6} to {range.Max:g6} {range.Unit}.");
            }
        }

        return parameters;
    }

    /// <summary>A parameter as a constant that a fit may move, as far as its range goes.</summary>
    /// <param name="symbol">As its equation calls it.</param>
    /// <param name="parameter">As its range is called.</param>
    internal static PhysicalConstant Constant<TParameters>(
        this IReadOnlyList<ParameterRange<TParameters>> ranges, string symbol, string parameter, TParameters parameters)
    {
        ParameterRange<TParameters> range = ranges.First(known => known.Name == parameter);
        return new PhysicalConstant(symbol, range.Of(parameters), range.Min, range.Max, range.Unit);
    }

    /// <summary>As <see cref="Constant"/>, but no further from its value than <paramref name="mostOver"/> times more or less.</summary>
    internal static PhysicalConstant ConstantAround<TParameters>(
        this IReadOnlyList<ParameterRange<TParameters>> ranges, string symbol, string parameter, double mostOver, TParameters parameters)
    {
        PhysicalConstant constant = ranges.Constant(symbol, parameter, parameters);
        return constant with { Min = Math.Max(constant.Min, constant.Value / mostOver), Max = Math.Min(constant.Max, constant.Value * mostOver) };
    }
}
