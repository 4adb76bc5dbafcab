using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Loopback;

internal sealed class LoopbackWeather(LoopbackBenchOptions options, FaultSchedule faults) : Weather<LoopbackBenchOptions, ReadConditions>(options, faults)
{
    public override ReadConditions At(ulong shot)
    {
        var unit = new ChanceSource(0, SerialAt(shot)); // for life: not of any seed
        ChanceSource chance = ChanceAt(shot);
        double gain = 1 + (Options.GainTolerance * unit.Symmetric(ChanceStream.Unit, 0, 0)) + Walk(Options.GainDriftRms, ChanceStream.LoopbackGain);
        double offset = (Options.OffsetToleranceVolts * unit.Symmetric(ChanceStream.Unit, 0, 1)) + Walk(Options.OffsetDriftVoltsRms, ChanceStream.LoopbackOffset);
        return Faults.ReadAt(shot, gain, offset);

        double Walk(double rms, ChanceStream stream) => rms == 0 ? 0 : rms * SlowWalk.At(chance, stream, shot, Options.ShotsPerKnot);
    }
}
