namespace PnnEdge.Training.Alignment;

/// <summary>Where a chirp was found.</summary>
/// <param name="Samples">Later than it was looked for from.</param>
/// <param name="StandardError">Of it, samples, from what is left of the recording when the chirp is taken out; infinite where there is no chirp.</param>
/// <param name="Amplitude">In the recording's unit.</param>
public readonly record struct FoundLag(double Samples, double StandardError, double Amplitude);
