using PnnEdge.Training.Systems;

namespace PnnEdge.Twins.Physics;

/// <summary>Between the node and what is measured.</summary>
/// <param name="Gain">1.</param>
/// <param name="Range">Where the converter cuts; infinite for one that does not.</param>
public readonly record struct GreyBoxReadout(float Gain, float OffsetVolts, VoltRange Range)
{
    public static VoltRange Endless { get; } = new(float.NegativeInfinity, float.PositiveInfinity);

    public static GreyBoxReadout Straight { get; } = new(1, 0, Endless);

    /// <summary>Whether it cuts at all: the derivative then needs to know where.</summary>
    public bool Cuts => float.IsFinite(Range.MinVolts) || float.IsFinite(Range.MaxVolts);
}
