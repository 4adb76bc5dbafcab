namespace PnnEdge.Physics.Oscillators;

/// <summary>The constants of the oscillators that a grey-box twin may fit, each as far as its range goes, and the oscillators at other values of them.</summary>
internal static class OscillatorConstants
{
    /// <summary>η, and factors on all couplings and on the duration.</summary>
    public static IReadOnlyList<PhysicalConstant> Of(in OscillatorParameters p) =>
    [
        Constant(nameof(p.Nonlinearity), p),
        Constant(nameof(p.CouplingScale), p),
        Constant(nameof(p.TimeScale), p),
    ];

    /// <param name="constants">[constant], in the order and units of <see cref="Of"/>.</param>
    public static OscillatorParameters At(in OscillatorParameters p, ReadOnlySpan<double> constants) => p with
    {
        Nonlinearity = constants[0],
        CouplingScale = constants[1],
        TimeScale = constants[2],
    };

    private static PhysicalConstant Constant(string parameter, in OscillatorParameters p) => OscillatorParameterRanges.All.Constant(parameter, parameter, p);
}
