namespace PnnEdge.Physics.Circuit;

/// <summary>
/// What the fault <c>drift.regime</c> does: β, Vth and C move at once, as if a MOSFET from the far end of its data sheet and the
/// next larger capacitor had been soldered in. Ours.
/// </summary>
/// <remarks>
/// Resonance falls from 15.2 to 12.4 kHz, of a ladder the second section slows down by half, and the channel opens half a volt later and half as far: a twin of the old regime is wrong
/// in shape, not in scale. Every move is towards the side where <see cref="CircuitParameterRanges"/> and the integrator are safe.
/// </remarks>
internal static class CircuitRegime
{
    private const double TransconductanceFactor = 0.5;
    private const double ThresholdFactor = 1.25;
    private const double CapacitanceFactor = 1.5;

    /// <param name="part">0: as it is; 1: the other regime.</param>
    public static CircuitParameters Towards(in CircuitParameters p, double part) => p with
    {
        TransconductanceAmperePerSquareVolt = p.TransconductanceAmperePerSquareVolt * (1 + (TransconductanceFactor - 1) * part),
        ThresholdVolts = p.ThresholdVolts * (1 + (ThresholdFactor - 1) * part),
        CapacitanceFarad = p.CapacitanceFarad * (1 + (CapacitanceFactor - 1) * part),
    };
}
