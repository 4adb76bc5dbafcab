using PnnEdge.Numerics.Chance;

namespace PnnEdge.Training.Twins;

/// <summary>A twin that is wrong on purpose: every output's slope is too large or too small by the same share, which output which way being fixed.</summary>
/// <remarks>
/// One factor for all outputs would leave the direction of a gradient as it is. Outputs apart tilt it: for an output gradient of no preferred
/// sign the cosine to the unbiased one is 1/√(1 + bias²). Values are biased alike, about 0 V.
/// </remarks>
public sealed class BiasedTwin : ITwin
{
    private readonly ITwin _twin;
    private readonly float[] _factor; // [output], 1
    private float[] _dy = [];

    /// <param name="relativeBias">Of every output, 1; the fault <c>twin.bias</c>.</param>
    public BiasedTwin(ITwin twin, double relativeBias)
    {
        if (!double.IsFinite(relativeBias)) { throw new ArgumentOutOfRangeException(nameof(relativeBias), $"Asked for a bias of {relativeBias}; it is a finite share."); }
        _twin = twin;

        // Half of the outputs each way, so that the mean slope stays.
        int[] order = [.. Enumerable.Range(0, twin.Outputs)];
        new SeededRandom(0xB1A5).Shuffle(order);
        _factor = [.. order.Select(place => (float)(1 + (place % 2 == 0 ? relativeBias : -relativeBias)))];
    }

    public int Slots => _twin.Slots;

    public int Actuators => _twin.Actuators;

    public int Outputs => _twin.Outputs;

    public void Forward(ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots, Span<float> y)
    {
        _twin.Forward(slots, actuators, shots, y);
        for (int i = 0; i < shots * Outputs; i++) { y[i] *= _factor[i % Outputs]; }
    }

    public void Vjp(
        ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots, ReadOnlySpan<float> dy, Span<float> dslots, Span<float> dactuators)
    {
        if (_dy.Length < dy.Length) { _dy = new float[dy.Length]; }
        for (int i = 0; i < dy.Length; i++) { _dy[i] = dy[i] * _factor[i % Outputs]; }
        _twin.Vjp(slots, actuators, shots, _dy.AsSpan(0, dy.Length), dslots, dactuators);
    }
}
