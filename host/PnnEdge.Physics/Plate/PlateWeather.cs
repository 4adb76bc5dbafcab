using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Plate;

/// <summary>Everything about one shot that is not its drive: a function of (seed, serial, logical shot index).</summary>
/// <param name="Rig">The unit that stands on the bench.</param>
/// <param name="FrequencyFactor">On its ω_k at this shot's temperature, 1.</param>
/// <param name="DampingFactor">On its ζ_k, 1.</param>
/// <param name="ReadGain">1.</param>
/// <param name="ReadOffsetVolts">V.</param>
/// <param name="NoisePerVolt">Relative noise added per volt read, 1/V.</param>
internal readonly record struct PlateConditions(
    PlateRig Rig, double FrequencyFactor, double DampingFactor, double ReadGain, double ReadOffsetVolts, double NoisePerVolt);

/// <summary>One bench's conditions, shot by shot.</summary>
internal sealed class PlateWeather
{
    // A damping below nothing would feed the plate; 5 % rms never comes near.
    private const double LeastDampingFactor = 0.1;

    private readonly PlateBenchOptions _options;
    private readonly FaultSchedule _faults;
    private readonly Dictionary<ulong, (PlateUnit Unit, PlateRig Rig)> _units;

    public PlateWeather(PlateBenchOptions options, FaultSchedule faults)
        : this(options, faults, null)
    {
    }

    /// <param name="rig">The only unit, where it is known already.</param>
    public PlateWeather(PlateBenchOptions options, FaultSchedule faults, PlateRig? rig)
    {
        _options = options;
        _faults = faults;

        // All units that will ever stand there: a rig takes milliseconds to solve, and workers only read.
        _units = options.Faults.Select(fault => faults.SerialsFurther(fault.FirstShot)).Append(0ul).Distinct().ToDictionary(
            further => further,
            further =>
            {
                PlateUnit unit = PlateUnit.Of(options.Parameters, options.Serial + further, options.Tolerances);
                return (unit, rig ?? new PlateRig(unit.Parameters));
            });
    }

    public PlateConditions At(ulong shot)
    {
        (PlateUnit unit, PlateRig rig) = _units[_faults.SerialsFurther(shot)];
        ChanceSource chance = ChanceAt(shot);
        PlateDrift drift = _options.Drift;
        double kelvin = drift.TemperatureKelvin(chance, shot) + _faults.RampKelvin(shot);
        return new PlateConditions(
            rig,
            (1 + drift.FrequencyPerKelvin * kelvin) * (1 + _faults.Sum(FaultKind.DriftStep, shot)),
            Math.Max(drift.DampingFactor(chance, shot), LeastDampingFactor),
            unit.Gain * drift.Gain(chance, shot) * _faults.ReadGain(shot),
            unit.OffsetVolts + _faults.ReadOffsetVolts(shot),
            _faults.NoisePerVolt(shot));
    }

    /// <summary>The swapped-in unit brings its own noise.</summary>
    public ChanceSource ChanceAt(ulong shot) => new(_options.Seed, _options.Serial + _faults.SerialsFurther(shot));
}
