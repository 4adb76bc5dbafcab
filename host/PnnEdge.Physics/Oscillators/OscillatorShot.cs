namespace PnnEdge.Physics.Oscillators;

/// <summary>What may differ from shot to shot within a batch.</summary>
/// <param name="Steepness">g = 1 + η, 1.</param>
/// <param name="CouplingFactor">On every coupling, 1.</param>
/// <param name="ForceOffset">Added to every drive, 1.</param>
internal readonly record struct OscillatorShot(float Steepness, float CouplingFactor, float ForceOffset);
