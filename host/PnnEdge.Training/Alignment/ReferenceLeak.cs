using PnnEdge.Numerics.Linear;
using PnnEdge.Training.Calibration;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Alignment;

/// <summary>
/// How much of the reference channel's chirp is read on the bench's own input, where it has no business: least squares of the one's words on the other's, before
/// anything is aligned, while the bench's output stands still.
/// </summary>
public sealed class ReferenceLeak
{
    private const int Shots = 64;

    /// <summary>Sample before, same, after: enough for a leak through a capacitor, whose phase is another.</summary>
    private const int Taps = 3;

    private readonly double[] _normal = new double[Taps * Taps];
    private readonly double[] _right = new double[Taps];
    private double _squares;
    private long _equations;

    private ReferenceLeak()
    {
    }

    /// <returns>Volts read per volt of the reference, rms over the chirp, 1; noise alone gives its own uncertainty times √2 or so.</returns>
    /// <exception cref="PhysicalSystemException">The bench refused or was lost.</exception>
    public static async Task<Uncertain> MeasureAsync(AlignedSystem system, ShotCounter counter, CancellationToken cancellation)
    {
        SystemDescription d = system.Description;
        float[] drive = new float[Shots * d.StimulusSamples];
        drive.AsSpan().Fill((float)SweepPlan.Centre(d.StimulusRange));
        var leak = new ReferenceLeak();
        void See(ReadOnlySpan<float> words) => leak.See(words, system.Inputs);
        system.Words.Read += See;
        try
        {
            await system.RunAsync(new Stimulus(counter.Take(Shots), Shots, drive, ActuatorCentre.Of(d)), cancellation);
        }
        finally
        {
            system.Words.Read -= See;
        }

        return leak.Ratio();
    }

    /// <param name="words">[sample, channel], V.</param>
    private void See(ReadOnlySpan<float> words, ChannelPlaces at)
    {
        Span<double> row = stackalloc double[Taps];
        for (int n = 1; n < (words.Length / at.Count) - 1; n++)
        {
            for (int k = 0; k < Taps; k++) { row[k] = words[((n + k - 1) * at.Count) + at.Reference]; }
            double read = words[(n * at.Count) + at.Bench];
            for (int i = 0; i < Taps; i++)
            {
                _right[i] += row[i] * read;
                for (int j = 0; j < Taps; j++) { _normal[(i * Taps) + j] += row[i] * row[j]; }
            }

            _squares += read * read;
            _equations++;
        }
    }

    private Uncertain Ratio()
    {
        double[] taps = [.. _right];
        double played = _normal[Taps + 1];
        Cholesky.Solve([.. _normal], taps, Taps); // a chirp that was heard has a band; one that was not never comes here
        double explained = taps.Zip(_right, (tap, right) => tap * right).Sum();
        double variance = Math.Max(0, _squares - explained) / (_equations - Taps);
        return new Uncertain(Math.Sqrt(Math.Max(0, explained) / played), Math.Sqrt(variance / played), _equations - Taps);
    }
}
