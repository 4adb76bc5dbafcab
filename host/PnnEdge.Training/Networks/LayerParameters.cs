namespace PnnEdge.Training.Networks;

/// <summary>Where one layer's parameters lie.</summary>
/// <param name="Theta">[parameter slot], 1: 0 and 1 are the ends of the drive range.</param>
/// <param name="Actuators">[actuator], 1: 0 and 1 are the ends of its range.</param>
/// <param name="Scale">[1], on the layer's input.</param>
/// <param name="Offset">[1], on the layer's input.</param>
/// <param name="Skip">[1], or [0] without a skip.</param>
public sealed record LayerParameters(
    ParameterSegment Theta, ParameterSegment Actuators, ParameterSegment Scale, ParameterSegment Offset, ParameterSegment Skip);
