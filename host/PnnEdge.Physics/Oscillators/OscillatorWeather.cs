using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Oscillators;

/// <summary>What one shot of the oscillators meets.</summary>
/// <param name="UnitIndex">Which of the bench's units.</param>
/// <param name="AmplitudeRms">Noise on each initial amplitude, rad.</param>
internal readonly record struct OscillatorConditions(int UnitIndex, OscillatorShot Shot, double AmplitudeRms, ReadConditions Read);

/// <remarks>It has the units that stand on the bench one after the other.</remarks>
internal sealed class OscillatorWeather : Weather<OscillatorBenchOptions, OscillatorConditions>
{
    private const double NonlinearityPerRegime = 0.5;

    private readonly ulong[] _serials;
    private readonly OscillatorUnit[] _units;

    public OscillatorWeather(OscillatorBenchOptions options, FaultSchedule faults)
        : base(options, faults)
    {
        // The unit changes only where a swap begins.
        _serials = [.. options.Faults.Where(fault => fault.Kind == FaultKind.RigSwap).Select(fault => SerialAt(fault.FirstShot)).Append(SerialAt(0)).Distinct()];
        _units = [.. _serials.Select(serial => OscillatorUnit.Of(serial, options.Parameters.Count, options.Tolerances, options.Gap))];
    }

    public IReadOnlyList<OscillatorUnit> Units => _units;

    public override OscillatorConditions At(ulong shot)
    {
        int index = Array.IndexOf(_serials, SerialAt(shot));
        OscillatorUnit unit = _units[index];
        ChanceSource chance = ChanceAt(shot);
        double nonlinearity = Options.Parameters.Nonlinearity + Options.Gap.Nonlinearity
            + NonlinearityPerRegime * Faults.RegimePart(shot);
        double coupling = Options.Drift.CouplingFactor(chance, shot) * (1 + Faults.Sum(FaultKind.DriftStep, shot));
        return new OscillatorConditions(
            index,
            new OscillatorShot((float)(1 + nonlinearity), (float)coupling, (float)Options.Drift.ForceOffset(chance, shot)),
            Math.Sqrt(Options.Gap.AmplitudeRms * Options.Gap.AmplitudeRms + Options.Noise.AmplitudeRms * Options.Noise.AmplitudeRms),
            Faults.ReadAt(shot, unit.ReadGain, unit.ReadOffsetVolts));
    }
}
