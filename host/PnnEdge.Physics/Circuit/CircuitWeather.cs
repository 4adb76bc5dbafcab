using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Circuit;

/// <summary>Everything about one shot that is not its drive: a function of (seed, serial, logical shot index).</summary>
/// <param name="Parameters">The unit's circuit at this shot's temperature.</param>
/// <param name="DriveOffsetVolts">The DAC's offset, V.</param>
/// <param name="ReadGain">Without jitter, 1.</param>
/// <param name="ReadOffsetVolts">V.</param>
/// <param name="NoisePerVolt">Relative noise added per volt read, 1/V.</param>
internal readonly record struct CircuitConditions(
    CircuitParameters Parameters, double DriveOffsetVolts, double ReadGain, double ReadOffsetVolts, double NoisePerVolt);

/// <summary>One bench's conditions, shot by shot.</summary>
internal sealed class CircuitWeather(CircuitBenchOptions options, FaultSchedule faults)
{
    private readonly CircuitUnit _unit = CircuitUnit.Of(options.Serial, options.Tolerances);

    public CircuitConditions At(ulong shot)
    {
        ulong further = faults.SerialsFurther(shot);
        CircuitUnit unit = further == 0 ? _unit : CircuitUnit.Of(options.Serial + further, options.Tolerances);
        ChanceSource chance = ChanceAt(shot);
        double kelvin = options.Drift.TemperatureKelvin(chance, shot) + faults.RampKelvin(shot);
        CircuitParameters nominal = CircuitRegime.Towards(options.Parameters, Math.Min(faults.Sum(FaultKind.DriftRegime, shot), 1));
        CircuitParameters now = nominal with
        {
            InductanceHenry = nominal.InductanceHenry * unit.Inductance,
            CapacitanceFarad = nominal.CapacitanceFarad * unit.Capacitance * (1 + unit.CapacitancePerKelvin * kelvin),
            SeriesResistanceOhm = nominal.SeriesResistanceOhm * unit.Resistance,
            ThresholdVolts = nominal.ThresholdVolts + unit.ThresholdVolts
                + options.Drift.ThresholdVoltsPerKelvin * kelvin + faults.Sum(FaultKind.DriftStep, shot),
            TransconductanceAmperePerSquareVolt = nominal.TransconductanceAmperePerSquareVolt * unit.Transconductance
                * (1 + options.Drift.TransconductancePerKelvin * kelvin),
        };
        return new CircuitConditions(
            now,
            options.Drift.DacOffsetVolts(chance, shot),
            unit.Gain * faults.ReadGain(shot),
            unit.OffsetVolts + faults.ReadOffsetVolts(shot),
            faults.NoisePerVolt(shot));
    }

    /// <summary>The swapped-in unit brings its own noise.</summary>
    public ChanceSource ChanceAt(ulong shot) => new(options.Seed, options.Serial + faults.SerialsFurther(shot));
}
