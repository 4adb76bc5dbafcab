namespace PnnEdge.Physics.Circuit;

/// <summary>
/// What both kinds of circuit come to, so that one solver serves both: L dx/dt = u − R·x + k·v and C dv/dt = x − G·v − I_D(v), and what the source
/// gives, i = a·u + b·x.
/// </summary>
/// <remarks>
/// Choke: x is its current, k = −1, G = 1/Rp. Ladder: C1 dm/dt = (u − m)/R1 − (m − v)/R2 and C2 dv/dt = (m − v)/R2 − v/Rp − I_D(v) with
/// x = m/R2, which has the dimension of a current: L = R1·R2·C1 (Ω²·F = H), R = R1 + R2, k = R1/R2, G = 1/R2 + 1/Rp.
/// </remarks>
/// <param name="Henry">L.</param>
/// <param name="Ohm">R.</param>
/// <param name="NodeFactor">k, 1.</param>
/// <param name="Farad">C.</param>
/// <param name="LeakSiemens">G.</param>
/// <param name="SourceSiemens">a.</param>
/// <param name="SourceFactor">b, 1.</param>
internal readonly record struct CircuitEquations(
    double Henry, double Ohm, double NodeFactor, double Farad, double LeakSiemens, double SourceSiemens, double SourceFactor)
{
    public static CircuitEquations Of(in CircuitParameters p)
    {
        double first = p.LoopResistanceOhm, second = p.SecondResistanceOhm;
        return p.IsLadder
            ? new(first * second * p.MiddleCapacitanceFarad, first + second, first / second, p.CapacitanceFarad, (1 / p.ParallelResistanceOhm) + (1 / second), 1 / first, -second / first)
            : new(p.InductanceHenry, first, -1, p.CapacitanceFarad, 1 / p.ParallelResistanceOhm, 0, 1);
    }

    /// <returns>Per second.</returns>
    public CircuitState Slope(in CircuitParameters p, double driveVolts, CircuitState s) => new(
        (driveVolts - Ohm * s.FeedAmpere + NodeFactor * s.NodeVolts) / Henry,
        (s.FeedAmpere - CircuitLaw.CurrentAmpere(p, s.NodeVolts) - LeakSiemens * s.NodeVolts) / Farad);

    /// <returns>i, A.</returns>
    public double SourceAmpere(double driveVolts, CircuitState s) => SourceSiemens * driveVolts + SourceFactor * s.FeedAmpere;

    /// <summary>The fastest that this turns or fades without the transistor, rad/s.</summary>
    public double FastestRadiansPerSecond => Math.Max(Math.Max(1 / Math.Sqrt(Henry * Farad), Ohm / Henry), LeakSiemens / Farad);
}
