using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Loopback;

/// <summary>Output to input through a buffer amplifier of a unit's own gain and offset, with noise and drift: what converters are measured on. An exact wire is <see cref="EchoBench"/>.</summary>
public sealed class LoopbackBench : TiledBench
{
    private readonly LoopbackWeather _weather;
    private readonly Readout[] _perWorker;

    /// <exception cref="ArgumentException">A fault that a plug cannot inject.</exception>
    public LoopbackBench(LoopbackBenchOptions options)
        : base("loopback", actuatorCount: 0, options.Threads)
    {
        _weather = new LoopbackWeather(options, new FaultSchedule(Name, SupportedFaults, options.Faults));
        _perWorker = [.. Enumerable.Range(0, options.Threads).Select(_ => new Readout(options.Noise))];
    }

    /// <summary><c>rig.swap</c> is another plug.</summary>
    public static IReadOnlyList<FaultKind> SupportedFaults { get; } = [FaultKind.DriftGain, FaultKind.DriftOffset, FaultKind.NoiseHetero, FaultKind.RigSwap];

    protected override int ShotsPerTile(int shots, int workers) => (shots + workers - 1) / workers;

    protected override void RunShots(
        int worker, ulong firstShot, int shots, int samplesPerShot, ReadOnlySpan<float> driveVolts, ReadOnlySpan<float> actuatorVolts, Span<float> nodeVolts)
    {
        driveVolts.CopyTo(nodeVolts);
        for (int s = 0; s < shots; s++)
        {
            ulong shot = firstShot + (ulong)s;
            _perWorker[worker].Read(_weather.ChanceAt(shot), shot, _weather.At(shot), nodeVolts.Slice(s * samplesPerShot, samplesPerShot));
        }
    }

    protected internal override void RequireReachable(int samplesPerShot, ReadOnlySpan<float> driveVolts, ReadOnlySpan<float> actuatorVolts)
    {
        foreach (float volts in driveVolts)
        {
            if (!float.IsFinite(volts)) { throw new ArgumentOutOfRangeException(nameof(driveVolts), $"Asked the loopback for {volts} V; possible is every finite volt."); }
        }
    }
}
