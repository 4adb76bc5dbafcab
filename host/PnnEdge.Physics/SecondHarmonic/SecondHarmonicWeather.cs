using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>What one shot of the light meets.</summary>
/// <param name="Serial">Of the unit in place.</param>
/// <param name="PulseEnergy">Relative, without jitter, 1.</param>
/// <param name="DarkVolts">V, before the gain.</param>
internal readonly record struct SecondHarmonicConditions(ulong Serial, SecondHarmonicShot Shot, double PulseEnergy, double DarkVolts, ReadConditions Read);

/// <remarks>An instance is one worker's: it keeps the drift it looked up last.</remarks>
internal sealed class SecondHarmonicWeather(SecondHarmonicBenchOptions options, FaultSchedule faults)
    : Weather<SecondHarmonicBenchOptions, SecondHarmonicConditions>(options, faults)
{
    // sinc²(x) = ½.
    private const double HalfPowerRadians = 1.39155738;

    private ulong _driftShot = ulong.MaxValue;
    private ulong _driftSerial;
    private double _driftWindows;
    private double _driftFs2;
    private double _driftEnergy;

    public override SecondHarmonicConditions At(ulong shot)
    {
        ulong serial = SerialAt(shot);
        ulong update = LookUp(shot, serial);
        double kelvin = Faults.RampKelvin(update);
        SecondHarmonicParameters nominal = Options.Parameters;
        double halfWindow = nominal.WindowRadPerFs / 2;
        return new SecondHarmonicConditions(
            serial,
            new SecondHarmonicShot(
                _driftWindows + Faults.Sum(FaultKind.DriftStep, shot) + Options.Drift.ShiftWindowsPerKelvin * kelvin,
                _driftFs2 + Faults.Sum(FaultKind.OpticsPhase, shot) * 2 / (halfWindow * halfWindow),
                Options.Drift.PhaseMismatchPerMmPerKelvin * kelvin + Faults.RegimePart(shot) * 2 * HalfPowerRadians / nominal.CrystalMm),
            _driftEnergy * Faults.Product(FaultKind.OpticsPower, shot),
            Faults.Sum(FaultKind.OpticsDark, shot),
            Faults.ReadAt(shot));
    }

    private ulong LookUp(ulong shot, ulong serial)
    {
        ulong update = shot - shot % SecondHarmonicDrift.ShotsPerUpdate;
        if (update != _driftShot || serial != _driftSerial)
        {
            ChanceSource chance = ChanceAt(shot);
            _driftWindows = Options.Drift.ShiftWindows(chance, update);
            _driftFs2 = Options.Drift.DispersionFs2(chance, update);
            _driftEnergy = Options.Drift.PulseEnergy(chance, update);
            (_driftShot, _driftSerial) = (update, serial);
        }

        return update;
    }
}
