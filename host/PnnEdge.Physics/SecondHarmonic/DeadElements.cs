using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>Pixels of the shaper and bins of the spectrometer that stand still.</summary>
internal sealed class DeadElements(IReadOnlyList<NamedFault> faults)
{
    /// <summary>A liquid crystal without voltage lets everything through.</summary>
    private const float StuckAmplitudeVolts = 1;

    private readonly NamedFault[] _pixels = [.. faults.Where(fault => fault.Kind == FaultKind.OpticsPixel)];
    private readonly NamedFault[] _bins = [.. faults.Where(fault => fault.Kind == FaultKind.OpticsBin)];

    /// <param name="drive">[shot, sample], V.</param>
    /// <returns>[shot, sample], V: what the shaper shows.</returns>
    public ReadOnlySpan<float> OnPixels(ulong firstShot, int shots, ReadOnlySpan<float> drive)
    {
        if (_pixels.Length == 0) { return drive; }
        float[] shown = drive.ToArray();
        Set(_pixels, firstShot, shots, first: 0, StuckAmplitudeVolts, shown);
        return shown;
    }

    /// <param name="node">[shot, sample], V; read and overwritten.</param>
    public void OnBins(ulong firstShot, int shots, Span<float> node) => Set(_bins, firstShot, shots, ShotLayout.Pixels, 0, node);

    private static void Set(NamedFault[] faults, ulong firstShot, int shots, int first, float volts, Span<float> samples)
    {
        foreach (NamedFault fault in faults)
        {
            for (int shot = 0; shot < shots; shot++)
            {
                if (fault.HasBegun(firstShot + (ulong)shot)) { samples[(shot * ShotLayout.SamplesPerShot) + first + (int)fault.Magnitude] = volts; }
            }
        }
    }
}
