namespace PnnEdge.Training.Networks;

/// <summary>A class as a weighted sum of what the last layer carried: logit = gain·(Σ share·carried[first + i] / width) + offset.</summary>
/// <param name="First">Of what the last layer carried.</param>
/// <param name="Shares">[carried, from <paramref name="First"/> on].</param>
public sealed record ClassSum(int First, float[] Shares, float Width, float Gain, float Offset);
