namespace PnnEdge.Physics.Circuit;

/// <summary>Everything about one shot that is not its drive: a function of (seed, serial, logical shot index).</summary>
/// <param name="Parameters">The unit's circuit at this shot's temperature.</param>
/// <param name="DriveOffsetVolts">The DAC's offset, V.</param>
/// <param name="ReadGain">Without jitter, 1.</param>
/// <param name="ReadOffsetVolts">V.</param>
/// <param name="NoisePerVolt">Relative noise added per volt read, 1/V.</param>
internal readonly record struct ShotConditions(
    CircuitParameters Parameters, double DriveOffsetVolts, double ReadGain, double ReadOffsetVolts, double NoisePerVolt);
