using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Methods.Adaptation;

/// <summary>A system whose readings are brought back to what they were when its reference frames were first measured. Does not own the system.</summary>
public sealed class CompensatedSystem(IPhysicalSystem system, ReferenceFrames frames) : IPhysicalSystem
{
    private float[]? _reference; // [frame, sample], V

    public SystemDescription Description => system.Description;

    public SystemUsage Usage => system.Usage;

    public ReferenceFrames Frames => frames;

    /// <summary>In use now; none before <see cref="CompensateAsync"/>.</summary>
    public ReadoutCorrection Correction { get; private set; } = ReadoutCorrection.None;

    /// <summary>Measures what later readings are brought back to.</summary>
    public async Task RememberAsync(ulong firstShot, CancellationToken cancellation) => _reference = await frames.MeasureAsync(system, firstShot, cancellation);

    /// <summary>Measures the frames again, and corrects from now on by what has become of them.</summary>
    /// <exception cref="InvalidOperationException">There is nothing to bring them back to.</exception>
    /// <exception cref="PhysicalSystemException">They do not move.</exception>
    public async Task CompensateAsync(ulong firstShot, CancellationToken cancellation)
    {
        float[] reference = _reference ?? throw new InvalidOperationException("Reference frames must be measured before a drift that they are to undo.");
        float[] now = await frames.MeasureAsync(system, firstShot, cancellation);
        Correction = ReadoutCorrection.Fit(reference, now, Description.MeasurementRange);
    }

    public async Task<Measurement> RunAsync(Stimulus stimulus, CancellationToken cancellation)
    {
        Measurement measured = await system.RunAsync(stimulus, cancellation);
        float[] volts = [.. measured.Volts];
        Correction.Apply(volts);
        return measured with { Volts = volts };
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
