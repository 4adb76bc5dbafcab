using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>One bench's conditions, shot by shot. An instance is one worker's: it keeps the drift it looked up last.</summary>
internal sealed class OpticalWeather(SecondHarmonicBenchOptions options, FaultSchedule faults)
{
    // sinc²(x) = ½.
    private const double HalfPowerRadians = 1.39155738;

    private readonly SecondHarmonicDrift _drift = options.Drift;
    private ulong _driftShot = ulong.MaxValue;
    private ulong _driftSerial;
    private double _driftWindows;
    private double _driftFs2;
    private double _driftEnergy;

    public OpticalConditions OpticsAt(ulong shot)
    {
        ulong serial = SerialAt(shot);
        ulong update = LookUp(shot, serial);
        double kelvin = faults.RampKelvin(update);
        SecondHarmonicParameters nominal = options.Parameters;
        double halfWindow = nominal.WindowRadPerFs / 2;
        return new OpticalConditions(
            serial,
            _driftWindows + faults.Sum(FaultKind.DriftStep, shot) + _drift.ShiftWindowsPerKelvin * kelvin,
            _driftFs2 + faults.Sum(FaultKind.OpticsPhase, shot) * 2 / (halfWindow * halfWindow),
            _drift.PhaseMismatchPerMmPerKelvin * kelvin + faults.Sum(FaultKind.DriftRegime, shot) * 2 * HalfPowerRadians / nominal.CrystalMm);
    }

    public ReadingConditions ReadingAt(ulong shot)
    {
        LookUp(shot, SerialAt(shot));
        return new ReadingConditions(
            _driftEnergy * faults.Product(FaultKind.OpticsPower, shot),
            faults.Sum(FaultKind.OpticsDark, shot),
            faults.ReadGain(shot),
            faults.ReadOffsetVolts(shot),
            faults.NoisePerVolt(shot));
    }

    /// <summary>The swapped-in unit brings its own noise and drift.</summary>
    public ChanceSource ChanceAt(ulong shot) => new(options.Seed, SerialAt(shot));

    private ulong SerialAt(ulong shot) => options.Serial + faults.SerialsFurther(shot);

    private ulong LookUp(ulong shot, ulong serial)
    {
        ulong update = shot - shot % SecondHarmonicDrift.ShotsPerUpdate;
        if (update != _driftShot || serial != _driftSerial)
        {
            ChanceSource chance = ChanceAt(shot);
            _driftWindows = _drift.ShiftWindows(chance, update);
            _driftFs2 = _drift.DispersionFs2(chance, update);
            _driftEnergy = _drift.PulseEnergy(chance, update);
            (_driftShot, _driftSerial) = (update, serial);
        }

        return update;
    }
}
