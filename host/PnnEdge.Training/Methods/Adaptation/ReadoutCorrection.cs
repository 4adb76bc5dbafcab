using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Methods.Adaptation;

/// <summary>What brings a drifted reading back to what it was: gain · reading + offset, the same for every sample.</summary>
/// <remarks>
/// One amplifier and one converter read every sample of a shot, so a drift of the readout is one gain and one offset for all of them. Two numbers for
/// each window do not do better: on the circuit, under readout drifts and under drifts of its parts, accuracies stayed within the seeds' spread (ours).
/// </remarks>
public readonly record struct ReadoutCorrection(double Gain, double OffsetVolts)
{
    public static ReadoutCorrection None { get; } = new(1, 0);

    /// <summary>Least squares of (gain·now + offset − reference). Readings at an end of the converter's range are left out: clipped, they know no gain.</summary>
    /// <param name="reference">[sample of every frame], V, before the drift.</param> <param name="now">The same samples, V, now.</param>
    /// <exception cref="PhysicalSystemException">The readings do not move.</exception>
    public static ReadoutCorrection Fit(ReadOnlySpan<float> reference, ReadOnlySpan<float> now, VoltRange range)
    {
        if (reference.Length != now.Length) { throw new ArgumentException($"{now.Length} readings do not pair with {reference.Length} references."); }
        double count = 0, sumNow = 0, sumReference = 0;
        for (int i = 0; i < now.Length; i++)
        {
            if (!Inside(reference[i], range) || !Inside(now[i], range)) { continue; }
            (count, sumNow, sumReference) = (count + 1, sumNow + now[i], sumReference + reference[i]);
        }

        double meanNow = sumNow / count, meanReference = sumReference / count, squares = 0, products = 0;
        for (int i = 0; i < now.Length; i++)
        {
            if (!Inside(reference[i], range) || !Inside(now[i], range)) { continue; }
            squares += (now[i] - meanNow) * (now[i] - meanNow);
            products += (now[i] - meanNow) * (reference[i] - meanReference);
        }

        double gain = products / squares;
        return count > 1 && double.IsFinite(gain)
            ? new ReadoutCorrection(gain, meanReference - (gain * meanNow))
            : throw new PhysicalSystemException($"{count:F0} of {now.Length} readings of the reference frames lie inside {range} and move; gain and offset cannot be told from them.");
    }

    /// <param name="volts">[any], V; corrected in place.</param>
    public void Apply(Span<float> volts)
    {
        for (int i = 0; i < volts.Length; i++) { volts[i] = (float)((Gain * volts[i]) + OffsetVolts); }
    }

    private static bool Inside(float volts, VoltRange range) => volts > range.MinVolts && volts < range.MaxVolts;
}
