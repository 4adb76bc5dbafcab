namespace PnnEdge.Physics.Circuit;

/// <summary>The constants of the circuit that a grey-box twin may fit, and the circuit at other values of them.</summary>
internal static class CircuitConstants
{
    // Ours: a builder's part is within a few percent of its label and a MOSFET within tens; at the corners of these
    // ranges the default circuit still meets the integrator's limits.
    private const double MostOverLabel = 2;

    /// <summary>From half to twice what <paramref name="p"/> says, within <see cref="CircuitParameterRanges"/>: L, C, R, Vth, β, n; of a ladder C1, C2, R2, Vth, n.</summary>
    /// <remarks>
    /// A ladder's voltages tell three numbers of its two sections (two time constants and how they load each other), so R1 stays as it is, and what the level of all
    /// resistances does to a transistor that hardly leaves its exponential is what Vth does, and β too.
    /// </remarks>
    public static IReadOnlyList<PhysicalConstant> Of(in CircuitParameters p) => p.IsLadder ?
    [
        Around("C1", nameof(p.MiddleCapacitanceFarad), p),
        Around("C2", nameof(p.CapacitanceFarad), p),
        Around("R2", nameof(p.SecondResistanceOhm), p),
        Around("Vth", nameof(p.ThresholdVolts), p),
        Around("n", nameof(p.SlopeFactor), p),
    ] :
    [
        Around("L", nameof(p.InductanceHenry), p),
        Around("C", nameof(p.CapacitanceFarad), p),
        Around("R", nameof(p.SeriesResistanceOhm), p),
        Around("Vth", nameof(p.ThresholdVolts), p),
        Around("β", nameof(p.TransconductanceAmperePerSquareVolt), p),
        Around("n", nameof(p.SlopeFactor), p),
    ];

    /// <param name="constants">[constant], in the order and units of <see cref="Of"/>.</param>
    public static CircuitParameters At(in CircuitParameters p, ReadOnlySpan<double> constants) => p.IsLadder ? p with
    {
        MiddleCapacitanceFarad = constants[0],
        CapacitanceFarad = constants[1],
        SecondResistanceOhm = constants[2],
        ThresholdVolts = constants[3],
        SlopeFactor = constants[4],
    } : p with
    {
        InductanceHenry = constants[0],
        CapacitanceFarad = constants[1],
        SeriesResistanceOhm = constants[2],
        ThresholdVolts = constants[3],
        TransconductanceAmperePerSquareVolt = constants[4],
        SlopeFactor = constants[5],
    };

    private static PhysicalConstant Around(string symbol, string parameter, in CircuitParameters p) =>
        CircuitParameterRanges.Of(p).ConstantAround(symbol, parameter, MostOverLabel, p);
}
