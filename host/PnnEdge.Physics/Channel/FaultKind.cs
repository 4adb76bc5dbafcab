namespace PnnEdge.Physics.Channel;

/// <summary>Faults that can be injected by name; <see cref="FaultCatalog"/> has the names.</summary>
public enum FaultKind
{
    DriftGain,
    DriftOffset,
    DriftStep,
    DriftRegime,
    AdcStuck,
    AdcClip,
    AdcInl,
    DacGain,
    DacStuck,
    Crosstalk,
    Memory,
    NoiseHetero,
    TwinBias,
    ParameterStale,
    ParameterBitflip,
    DeviceReboot,
    TemperatureRamp,
    OpticsDark,
    OpticsPhase,
    OpticsPower,
    OpticsPixel,
    OpticsBin,
    RigSwap,
}

/// <summary>Which part of the system a fault is injected into.</summary>
public enum FaultPlace
{
    Physics,
    Converters,
    Device,
    Twin,
    Optics,
}
