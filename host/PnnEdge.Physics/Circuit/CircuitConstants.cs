namespace PnnEdge.Physics.Circuit;

/// <summary>The constants of the circuit that a grey-box twin may fit, and the circuit at other values of them.</summary>
internal static class CircuitConstants
{
    // Ours: a builder's part is within a few percent of its label and a MOSFET within tens; at the corners of these
    // ranges the default circuit still meets the integrator's limits.
    private const double MostOverLabel = 2;

    /// <summary>L, C, R, Vth, β, n: from half to twice what <paramref name="p"/> says, within <see cref="CircuitParameterRanges"/>.</summary>
    public static IReadOnlyList<PhysicalConstant> Of(in CircuitParameters p) =>
    [
        Around("L", nameof(p.InductanceHenry), p),
        Around("C", nameof(p.CapacitanceFarad), p),
        Around("R", nameof(p.SeriesResistanceOhm), p),
        Around("Vth", nameof(p.ThresholdVolts), p),
        Around("β", nameof(p.TransconductanceAmperePerSquareVolt), p),
        Around("n", nameof(p.SlopeFactor), p),
    ];

    /// <param name="constants">[constant], in the order and units of <see cref="Of"/>.</param>
    public static CircuitParameters At(in CircuitParameters p, ReadOnlySpan<double> constants) => p with
    {
        InductanceHenry = constants[0],
        CapacitanceFarad = constants[1],
        SeriesResistanceOhm = constants[2],
        ThresholdVolts = constants[3],
        TransconductanceAmperePerSquareVolt = constants[4],
        SlopeFactor = constants[5],
    };

    private static PhysicalConstant Around(string symbol, string parameter, in CircuitParameters p) =>
        CircuitParameterRanges.All.ConstantAround(symbol, parameter, MostOverLabel, p);
}
