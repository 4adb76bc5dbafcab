namespace PnnEdge.Training.Twins;

/// <summary>A differentiable model of one shot of a physical system, in the coder's slots rather than in samples.</summary>
/// <remarks>One call handles a whole batch; implementations may keep scratch memory, so a twin serves one thread at a time.</remarks>
public interface ITwin
{
    int Slots { get; }

    int Actuators { get; }

    /// <summary>Readout windows.</summary>
    int Outputs { get; }

    /// <param name="slots">[shot, slot], V, as really applied.</param>
    /// <param name="actuators">[actuator], V, as really set; common to all shots.</param>
    /// <param name="y">[shot, output], V; overwritten.</param>
    void Forward(ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots, Span<float> y);

    /// <param name="slots">[shot, slot], V, as really applied.</param>
    /// <param name="actuators">[actuator], V, as really set.</param>
    /// <param name="dy">[shot, output], ∂loss/∂y, 1/V.</param>
    /// <param name="dslots">[shot, slot], ∂loss/∂slot, 1/V; overwritten.</param>
    /// <param name="dactuators">[actuator], ∂loss/∂actuator summed over shots, 1/V; overwritten.</param>
    void Vjp(
        ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots, ReadOnlySpan<float> dy, Span<float> dslots, Span<float> dactuators);
}
