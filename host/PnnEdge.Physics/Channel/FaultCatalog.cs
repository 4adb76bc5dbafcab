namespace PnnEdge.Physics.Channel;

/// <summary>What is known about one kind of fault.</summary>
/// <param name="Kind">The fault.</param>
/// <param name="Name">As typed by a user.</param>
/// <param name="Place">Who injects it.</param>
/// <param name="DefaultMagnitude">Ours; in <paramref name="Unit"/>.</param>
/// <param name="Min">Smallest magnitude.</param>
/// <param name="Max">Largest magnitude.</param>
/// <param name="Unit">What the magnitude means.</param>
public sealed record FaultDescription(
    FaultKind Kind, string Name, FaultPlace Place, double DefaultMagnitude, double Min, double Max, string Unit)
{
    /// <summary>Where the magnitude counts something, there is no part of one.</summary>
    public bool IsWhole { get; init; }

    /// <summary>For a refusal's sentence.</summary>
    internal string Possible => $"possible is {(IsWhole ? "a whole number from " : "")}{Min} to {Max} ({Unit})";

    internal bool Allows(double magnitude) => magnitude >= Min && magnitude <= Max && (!IsWhole || magnitude == Math.Truncate(magnitude));
}

public static class FaultCatalog
{
    /// <summary>Ramps (drift.gain, drift.offset, temp.ramp) give their magnitude per this many shots.</summary>
    public const double ShotsPerRampUnit = 10_000;

    public static IReadOnlyList<FaultDescription> All { get; } =
    [
        new(FaultKind.DriftGain, "drift.gain", FaultPlace.Physics, -0.02, -1, 1, "relative gain per 10,000 shots, ending at ½ and 2"),
        new(FaultKind.DriftOffset, "drift.offset", FaultPlace.Physics, 0.05, -10, 10, "V per 10,000 shots, ending at ±10 V"),
        new(FaultKind.DriftStep, "drift.step", FaultPlace.Physics, 0.1, -0.5, 0.5, "added: V of threshold on the circuit, windows on shg, relative frequency on the plate, relative coupling on oscillators"),
        new(FaultKind.DriftRegime, "drift.regime", FaultPlace.Physics, 1, 0, 1, "part of the way to another regime"),
        new(FaultKind.AdcStuck, "adc.stuck", FaultPlace.Converters, 0, 0, 31, "bit") { IsWhole = true },
        new(FaultKind.AdcClip, "adc.clip", FaultPlace.Converters, 0.5, 0, 1, "fraction of full scale"),
        new(FaultKind.AdcInl, "adc.inl", FaultPlace.Converters, 4, 0, 1000, "codes"),
        new(FaultKind.DacGain, "dac.gain", FaultPlace.Converters, 0.05, -1, 1, "relative gain"),
        new(FaultKind.DacStuck, "dac.stuck", FaultPlace.Converters, 0, 0, 65_535, "static output, counted from 0") { IsWhole = true },
        new(FaultKind.Crosstalk, "xtalk", FaultPlace.Converters, 0.05, -1, 1, "fraction of the neighbouring channel"),
        new(FaultKind.Memory, "memory", FaultPlace.Physics, 1, 0, 1, "fraction of the previous shot's last state"),
        new(FaultKind.NoiseHetero, "noise.hetero", FaultPlace.Physics, 2, 0, 100, "relative noise added per volt read"),
        new(FaultKind.TwinBias, "twin.bias", FaultPlace.Twin, 0.1, -1, 1, "relative bias"),
        new(FaultKind.ParameterStale, "param.stale", FaultPlace.Device, 1, 1, 1000, "versions") { IsWhole = true },
        new(FaultKind.ParameterBitflip, "param.bitflip", FaultPlace.Device, 1, 1, 1000, "bits") { IsWhole = true },
        new(FaultKind.DeviceReboot, "dev.reboot", FaultPlace.Device, 1, 1, 1000, "times") { IsWhole = true },
        new(FaultKind.TemperatureRamp, "temp.ramp", FaultPlace.Physics, 10, -60, 60, "K per 10,000 shots, ending at ±60 K"),
        new(FaultKind.OpticsDark, "opt.dark", FaultPlace.Optics, 0.02, 0, 1, "fraction of full scale"),
        new(FaultKind.OpticsPhase, "opt.phase", FaultPlace.Optics, 0.2, -7, 7, "rad"),
        new(FaultKind.OpticsPower, "opt.power", FaultPlace.Optics, 0.9, 0, 2, "relative power"),
        new(FaultKind.OpticsPixel, "opt.pixel", FaultPlace.Optics, 40, 0, 99, "pixel of the shaper") { IsWhole = true },
        new(FaultKind.OpticsBin, "opt.bin", FaultPlace.Optics, 20, 0, 49, "bin of the spectrometer") { IsWhole = true },
        new(FaultKind.RigSwap, "rig.swap", FaultPlace.Physics, 1, 1, 1e6, "serial numbers further") { IsWhole = true },
    ];

    public static FaultDescription Of(FaultKind kind) => All[(int)kind];

    public static string Names(Func<FaultDescription, bool>? where = null) =>
        string.Join(", ", All.Where(where ?? (_ => true)).Select(fault => fault.Name));
}
