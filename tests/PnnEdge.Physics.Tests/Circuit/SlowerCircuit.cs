using PnnEdge.Physics.Circuit;

namespace PnnEdge.Physics.Tests.Circuit;

internal static class SlowerCircuit
{
    /// <summary>
    /// The same dynamics for a slower converter (a 44.1–96 kS/s board): L and C grow with the sample period, so every
    /// impedance and every volt stays what it was.
    /// </summary>
    public static CircuitParameters AtSampleRate(this in CircuitParameters p, double sampleRateHz)
    {
        double slower = p.SampleRateHz / sampleRateHz;
        return p with { SampleRateHz = sampleRateHz, InductanceHenry = p.InductanceHenry * slower, CapacitanceFarad = p.CapacitanceFarad * slower };
    }
}
