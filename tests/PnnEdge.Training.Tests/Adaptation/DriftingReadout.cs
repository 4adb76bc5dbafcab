using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Tests.Adaptation;

/// <summary>A system whose readout changes its gain and offset at one shot, and which keeps what was asked of it. Does not own the system.</summary>
internal sealed class DriftingReadout(IPhysicalSystem system, ulong firstShot, float gain, float offsetVolts) : IPhysicalSystem
{
    public List<(ulong FirstShot, int Shots)> Asked { get; } = [];

    public IEnumerable<ulong> AllShots => Asked.SelectMany(call => Enumerable.Range(0, call.Shots).Select(s => call.FirstShot + (ulong)s));

    public SystemDescription Description => system.Description;

    public SystemUsage Usage => system.Usage;

    public async Task<Measurement> RunAsync(Stimulus stimulus, CancellationToken cancellation)
    {
        Asked.Add((stimulus.FirstShot, stimulus.Shots));
        Measurement measured = await system.RunAsync(stimulus, cancellation);
        return measured with
        {
            Volts = [.. measured.Volts.Select((volts, i) => stimulus.FirstShot + (ulong)(i / Description.MeasurementSamples) < firstShot ? volts : (gain * volts) + offsetVolts)],
        };
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
