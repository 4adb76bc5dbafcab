namespace PnnEdge.Physics.Channel;

/// <summary>What stands between one shot's node and its converter, its noise aside.</summary>
/// <param name="Gain">Without jitter, 1.</param>
/// <param name="OffsetVolts">V.</param>
/// <param name="NoisePerVolt">Relative noise added per volt read, 1/V.</param>
internal readonly record struct ReadConditions(double Gain, double OffsetVolts, double NoisePerVolt);
