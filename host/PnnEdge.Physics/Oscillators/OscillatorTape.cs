namespace PnnEdge.Physics.Oscillators;

/// <summary>What the reverse pass needs of a forward one: [evaluation, shot, stride] each, packed for the number of shots recorded.</summary>
internal sealed class OscillatorTape(int steps, int maxShots, int stride)
{
    private readonly int _evaluations = EvaluationsIn(steps);

    /// <summary>sin(g·q) at each evaluation of the acceleration.</summary>
    public float[] Sines { get; } = new float[EvaluationsIn(steps) * maxShots * stride];

    /// <summary>Its derivative, g·cos(g·q).</summary>
    public float[] Slopes { get; } = new float[EvaluationsIn(steps) * maxShots * stride];

    /// <summary>∂loss/∂acceleration; written by the reverse pass.</summary>
    public float[] Pulls { get; } = new float[EvaluationsIn(steps) * maxShots * stride];

    /// <summary>Four a step, but the first step's second is its first (nothing moves yet) and the last one's fourth would only change the last velocity.</summary>
    public static int EvaluationsIn(int steps) => 4 * steps - 2;

    /// <summary>Rows that <paramref name="shots"/> shots fill.</summary>
    public int Rows(int shots) => _evaluations * shots;

    /// <summary>Where one evaluation's rows begin, in floats.</summary>
    public int At(int evaluation, int shots) => evaluation * shots * stride;
}
