namespace PnnEdge.Physics.Circuit;

/// <summary>(i_L, v_C); the default value is rest.</summary>
public readonly record struct CircuitState(double InductorAmpere, double NodeVolts)
{
    /// <summary>This + factor · slope; the slope's fields are per second.</summary>
    internal CircuitState Plus(double factor, CircuitState slope) =>
        new(InductorAmpere + factor * slope.InductorAmpere, NodeVolts + factor * slope.NodeVolts);
}
