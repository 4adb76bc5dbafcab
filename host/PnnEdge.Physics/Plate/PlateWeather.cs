using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Plate;

/// <summary>What one shot of the plate meets.</summary>
/// <param name="Rig">The unit that stands on the bench.</param>
/// <param name="FrequencyFactor">On its ω_k at this shot's temperature, 1.</param>
/// <param name="DampingFactor">On its ζ_k, 1.</param>
internal readonly record struct PlateConditions(PlateRig Rig, double FrequencyFactor, double DampingFactor, ReadConditions Read);

internal sealed class PlateWeather : Weather<PlateBenchOptions, PlateConditions>
{
    // A damping below nothing would feed the plate; 5 % rms never comes near.
    private const double LeastDampingFactor = 0.1;

    private readonly Dictionary<(ulong Serial, double RegimePart), (PlateUnit Unit, PlateRig Rig)> _units;

    /// <param name="rig">The only unit, where it is known already.</param>
    public PlateWeather(PlateBenchOptions options, FaultSchedule faults, PlateRig? rig)
        : base(options, faults)
    {
        // All units that will ever stand there: a rig takes milliseconds to solve, and workers only read.
        _units = options.Faults.Select(fault => StandingAt(fault.FirstShot)).Append((options.Serial, 0)).Distinct().ToDictionary(
            standing => standing,
            standing =>
            {
                PlateUnit unit = PlateUnit.Of(standing.Serial, PlateRegime.Towards(options.Parameters, standing.RegimePart), options.Tolerances);
                return (unit, rig ?? new PlateRig(unit.Parameters));
            });
    }

    public override PlateConditions At(ulong shot)
    {
        (PlateUnit unit, PlateRig rig) = _units[StandingAt(shot)];
        ChanceSource chance = ChanceAt(shot);
        PlateDrift drift = Options.Drift;
        double kelvin = drift.TemperatureKelvin(chance, shot) + Faults.RampKelvin(shot);
        return new PlateConditions(
            rig,
            (1 + drift.FrequencyPerKelvin * kelvin) * (1 + Faults.Sum(FaultKind.DriftStep, shot)),
            Math.Max(drift.DampingFactor(chance, shot), LeastDampingFactor),
            Faults.ReadAt(shot, unit.Gain * drift.Gain(chance, shot), unit.OffsetVolts));
    }

    private (ulong Serial, double RegimePart) StandingAt(ulong shot) => (SerialAt(shot), Faults.RegimePart(shot));
}
