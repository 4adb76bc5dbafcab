namespace PnnEdge.Physics.Oscillators;

/// <summary>Where N oscillators' actuators stand: J_ij for i &lt; j in row order (01, 02, …, 12, 13, …), then e_i. Common to all shots of a call.</summary>
public static class OscillatorActuators
{
    public static int CouplingCount(int oscillators) => oscillators * (oscillators - 1) / 2;

    public static int Count(int oscillators) => CouplingCount(oscillators) + oscillators;
}
