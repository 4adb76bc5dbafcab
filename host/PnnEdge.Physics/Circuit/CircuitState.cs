namespace PnnEdge.Physics.Circuit;

/// <summary>Before and at the node; the default value is rest.</summary>
/// <param name="FeedAmpere">i_L of a choke; of a ladder v_mid/R2, what its second resistor would give into a grounded node.</param>
/// <param name="NodeVolts">v_C.</param>
public readonly record struct CircuitState(double FeedAmpere, double NodeVolts)
{
    /// <summary>This + factor · slope; the slope's fields are per second.</summary>
    internal CircuitState Plus(double factor, CircuitState slope) =>
        new(FeedAmpere + factor * slope.FeedAmpere, NodeVolts + factor * slope.NodeVolts);
}
