namespace PnnEdge.Training.Networks;

/// <summary>Where one layer's parameters lie.</summary>
/// <param name="Theta">[branch, parameter slot], 1: 0 and 1 are the ends of the drive range.</param>
/// <param name="Actuators">[actuator], 1: 0 and 1 are the ends of its range.</param>
/// <param name="Weight">[data slot of all branches, input] of a dense input; else empty.</param>
/// <param name="Scale">On the layer's input: [1], or [data slot] where elements are rescaled one by one; empty before a dense input.</param>
/// <param name="Offset">On the layer's input: [1] or [data slot of all branches].</param>
/// <param name="Skip">[1], or [0] without a skip.</param>
public sealed record LayerParameters(
    ParameterSegment Theta, ParameterSegment Actuators, ParameterSegment Weight, ParameterSegment Scale, ParameterSegment Offset, ParameterSegment Skip);

/// <summary>Where the readout's parameters lie.</summary>
/// <param name="Weight">[class, carried] of a dense readout; else empty.</param>
/// <param name="Edges">[class, begin and end], as a fraction of the windows, where they are trained; else empty.</param>
/// <param name="Attenuation">[class]; empty for a dense readout.</param>
/// <param name="Offset">[class].</param>
public sealed record ReadoutParameters(ParameterSegment Weight, ParameterSegment Edges, ParameterSegment Attenuation, ParameterSegment Offset);
