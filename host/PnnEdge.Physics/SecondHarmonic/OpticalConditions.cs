namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>What one shot's optics differ by from the nominal ones: a function of (seed, serial, logical shot index).</summary>
/// <param name="Serial">Of the unit in place.</param>
/// <param name="ShiftWindows">Added, windows.</param>
/// <param name="DispersionFs2">Added to GDD, fs².</param>
/// <param name="PhaseMismatchPerMm">Added to Δk₀, 1/mm.</param>
internal readonly record struct OpticalConditions(ulong Serial, double ShiftWindows, double DispersionFs2, double PhaseMismatchPerMm);

/// <summary>What one shot's reading differs by.</summary>
/// <param name="PulseEnergy">Relative, without jitter, 1.</param>
/// <param name="DarkVolts">V, before the gain.</param>
/// <param name="Gain">1.</param>
/// <param name="OffsetVolts">V.</param>
/// <param name="NoisePerVolt">Relative noise added per volt read, 1/V.</param>
internal readonly record struct ReadingConditions(double PulseEnergy, double DarkVolts, double Gain, double OffsetVolts, double NoisePerVolt);
