using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Circuit;

/// <summary>One bench's conditions, shot by shot.</summary>
internal sealed class ShotWeather(CircuitBenchOptions options, FaultSchedule faults)
{
    private readonly UnitImperfections _unit = UnitImperfections.Of(options.Serial, options.Tolerances);

    public ShotConditions At(ulong shot)
    {
        ulong further = faults.SerialsFurther(shot);
        UnitImperfections unit = further == 0 ? _unit : UnitImperfections.Of(options.Serial + further, options.Tolerances);
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
        return new ShotConditions(
            now,
            options.Drift.DacOffsetVolts(chance, shot),
            unit.Gain * faults.ReadGain(shot),
            unit.OffsetVolts + faults.ReadOffsetVolts(shot),
            faults.NoisePerVolt(shot));
    }

    /// <summary>The swapped-in unit brings its own noise.</summary>
    public ChanceSource ChanceAt(ulong shot) => new(options.Seed, options.Serial + faults.SerialsFurther(shot));
}
