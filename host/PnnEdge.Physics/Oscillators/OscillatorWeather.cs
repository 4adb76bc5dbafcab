using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Oscillators;

/// <summary>Everything about one shot that is not its drive: a function of (seed, serial, logical shot index).</summary>
/// <param name="UnitIndex">Which of the bench's units.</param>
/// <param name="AmplitudeRms">Noise on each initial amplitude, rad.</param>
/// <param name="ReadGain">Without jitter, 1.</param>
/// <param name="NoisePerVolt">Relative noise added per volt read, 1/V.</param>
internal readonly record struct OscillatorConditions(
    int UnitIndex, OscillatorShot Shot, double AmplitudeRms, ChanceSource Chance, double ReadGain, double ReadOffsetVolts, double NoisePerVolt);

/// <summary>One bench's conditions, shot by shot, and the units that stand on it one after the other.</summary>
internal sealed class OscillatorWeather
{
    private const double NonlinearityPerRegime = 0.5;

    private readonly OscillatorBenchOptions _options;
    private readonly FaultSchedule _faults;
    private readonly ulong[] _serialsFurther;
    private readonly OscillatorUnit[] _units;

    public OscillatorWeather(OscillatorBenchOptions options, FaultSchedule faults)
    {
        _options = options;
        _faults = faults;

        // The unit changes only where a swap begins.
        _serialsFurther = [.. options.Faults.Where(fault => fault.Kind == FaultKind.RigSwap)
            .Select(fault => faults.SerialsFurther(fault.FirstShot)).Append(faults.SerialsFurther(0)).Distinct()];
        _units = [.. _serialsFurther.Select(further =>
            OscillatorUnit.Of(options.Serial + further, options.Parameters.Count, options.Tolerances, options.Gap))];
    }

    public IReadOnlyList<OscillatorUnit> Units => _units;

    public OscillatorConditions At(ulong shot)
    {
        ulong further = _faults.SerialsFurther(shot);
        int index = Array.IndexOf(_serialsFurther, further);
        OscillatorUnit unit = _units[index];
        var chance = new ChanceSource(_options.Seed, _options.Serial + further); // the swapped-in unit brings its own noise
        double nonlinearity = _options.Parameters.Nonlinearity + _options.Gap.Nonlinearity
            + NonlinearityPerRegime * _faults.Sum(FaultKind.DriftRegime, shot);
        double coupling = _options.Drift.CouplingFactor(chance, shot) * (1 + _faults.Sum(FaultKind.DriftStep, shot));
        return new OscillatorConditions(
            index,
            new OscillatorShot((float)(1 + nonlinearity), (float)coupling, (float)_options.Drift.ForceOffset(chance, shot)),
            Math.Sqrt(_options.Gap.AmplitudeRms * _options.Gap.AmplitudeRms + _options.Noise.AmplitudeRms * _options.Noise.AmplitudeRms),
            chance,
            unit.ReadGain * _faults.ReadGain(shot),
            unit.ReadOffsetVolts + _faults.ReadOffsetVolts(shot),
            _faults.NoisePerVolt(shot));
    }
}
