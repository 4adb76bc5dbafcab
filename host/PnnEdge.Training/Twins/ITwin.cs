namespace PnnEdge.Training.Twins;

/// <summary>A differentiable model of one shot of a physical system, in the coder's slots rather than in samples.</summary>
/// <remarks>One call handles a whole batch; implementations may keep scratch memory, so a twin serves one thread at a time.</remarks>
public interface ITwin
{
    /// <summary>Input slots followed by actuators.</summary>
    int Inputs { get; }

    /// <summary>Readout windows.</summary>
    int Outputs { get; }

    /// <param name="x">[shot, input], V, as really applied.</param>
    /// <param name="y">[shot, output], V; overwritten.</param>
    void Forward(ReadOnlySpan<float> x, int shots, Span<float> y);

    /// <param name="x">[shot, input], V, as really applied.</param>
    /// <param name="dy">[shot, output], ∂loss/∂y, 1/V.</param>
    /// <param name="dx">[shot, input], ∂loss/∂x, 1/V; overwritten.</param>
    void Vjp(ReadOnlySpan<float> x, int shots, ReadOnlySpan<float> dy, Span<float> dx);
}
