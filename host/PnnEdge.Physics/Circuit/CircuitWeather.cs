using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Circuit;

/// <summary>What one shot of the circuit meets.</summary>
/// <param name="Parameters">The unit's circuit at this shot's temperature.</param>
/// <param name="DriveOffsetVolts">The DAC's offset, V.</param>
internal readonly record struct CircuitConditions(CircuitParameters Parameters, double DriveOffsetVolts, ReadConditions Read);

internal sealed class CircuitWeather(CircuitBenchOptions options, FaultSchedule faults) : Weather<CircuitBenchOptions, CircuitConditions>(options, faults)
{
    private readonly CircuitUnit _unit = CircuitUnit.Of(options.Serial, options.Tolerances);

    public override CircuitConditions At(ulong shot)
    {
        ulong serial = SerialAt(shot);
        CircuitUnit unit = serial == Options.Serial ? _unit : CircuitUnit.Of(serial, Options.Tolerances);
        ChanceSource chance = ChanceAt(shot);
        CircuitDrift drift = Options.Drift;
        double kelvin = drift.TemperatureKelvin(chance, shot) + Faults.RampKelvin(shot);
        CircuitParameters nominal = CircuitRegime.Towards(Options.Parameters, Faults.RegimePart(shot));
        double warm = 1 + unit.CapacitancePerKelvin * kelvin;
        CircuitParameters now = nominal with
        {
            InductanceHenry = nominal.InductanceHenry * unit.Inductance,
            CapacitanceFarad = nominal.CapacitanceFarad * unit.Capacitance * warm,
            SeriesResistanceOhm = nominal.SeriesResistanceOhm * unit.Resistance,
            MiddleCapacitanceFarad = nominal.MiddleCapacitanceFarad * unit.MiddleCapacitance * warm,
            SecondResistanceOhm = nominal.SecondResistanceOhm * unit.SecondResistance,
            ThresholdVolts = nominal.ThresholdVolts + unit.ThresholdVolts
                + drift.ThresholdVoltsPerKelvin * kelvin + Faults.Sum(FaultKind.DriftStep, shot),
            TransconductanceAmperePerSquareVolt = nominal.TransconductanceAmperePerSquareVolt * unit.Transconductance
                * (1 + drift.TransconductancePerKelvin * kelvin),
        };
        return new CircuitConditions(now, drift.DacOffsetVolts(chance, shot), Faults.ReadAt(shot, unit.Gain, unit.OffsetVolts));
    }
}
