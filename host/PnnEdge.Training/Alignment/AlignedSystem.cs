using System.Numerics.Tensors;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Alignment;

/// <summary>
/// A system with an <see cref="UnknownLag"/> as one without: beside every shot a chirp is played from the reference output to the reference input, its
/// lag found, and the bench's answer taken out where it belongs, between samples if need be.
/// </summary>
/// <remarks>
/// The chirp does not pass the bench: a wire delays it by the converters alone, which is what both channels have in common. Through the bench it would be
/// late by the bench's own group delay as well (45 samples at the resonance of the codec board's circuit, and other in every unit and at every temperature), it
/// would leave charge behind, and a shot would have to wait for that. Owns the system.
/// </remarks>
public sealed class AlignedSystem : IPhysicalSystem, IShowsWords
{
    /// <summary>
    /// A shot whose lag is less certain is played again. The codec board's circuit answers at 1.6 kHz and moves by a tenth of its amplitude in a sample,
    /// so that this is 0.2 % of it; its gain differs by 0.5 % from shot to shot.
    /// </summary>
    public const double MostErrorSamples = 0.02;

    private const int MostAttempts = 3;

    private readonly IPhysicalSystem _system;
    private readonly UnknownLag _lag;
    private readonly float[] _chirp;
    private readonly ChirpFinder _finder = new(LinearChirp.OfCodecs);
    private readonly float[] _reference;
    private readonly float[] _node;

    private AlignedSystem(IPhysicalSystem system, UnknownLag lag)
    {
        (_system, _lag) = (system, lag);
        Description = system.Description with
        {
            StimulusSamples = lag.Shot.StimulusSamples,
            MeasurementSamples = lag.Shot.MeasurementSamples,
            Lag = null,
            MeasurementStepVolts = 0, // between samples there are no steps
            IsInterpolated = true,
        };
        var inner = ConverterWords.Of(system.Description);
        string[] inputs = [.. Enumerable.Range(0, lag.Measured.Count).Select(i => i == lag.Measured.Bench ? "the bench's input" : "the reference input")];
        Words = new ConverterWords(inputs, inner.Lowest, inner.Step, inner.Bits) { NoCounts = inner.NoCounts };
        float volts = ChirpVolts(system.Description);
        _chirp = [.. Enumerable.Range(0, LinearChirp.OfCodecs.Samples).Select(n => volts * (float)LinearChirp.OfCodecs.At(n).Value)];
        int samples = system.Description.MeasurementSamples / lag.Measured.Count;
        (_reference, _node) = (new float[samples], new float[samples]);
    }

    public SystemDescription Description { get; }

    /// <summary>Shots that were played again are passes too.</summary>
    public SystemUsage Usage => _system.Usage;

    /// <summary>As they were read, before they are moved to where they belong.</summary>
    public ConverterWords Words { get; }

    /// <summary>Where both inputs' words stand side by side.</summary>
    public ChannelPlaces Inputs => _lag.Measured;

    /// <summary>[shot]: of the newest batch.</summary>
    public IReadOnlyList<FoundLag> Lags { get; private set; } = [];

    /// <summary>The system itself where it knows no lag.</summary>
    /// <exception cref="PhysicalSystemException">Nobody could find its lag.</exception>
    public static IPhysicalSystem Over(IPhysicalSystem system)
    {
        if (system.Description.Lag is not UnknownLag lag) { return system; }
        return lag is { Played: { Count: 2, Bench: >= 0, Reference: >= 0 }, Measured: { Count: 2, Bench: >= 0, Reference: >= 0 } }
            ? new AlignedSystem(system, lag)
            : throw new PhysicalSystemException(
                $"{system.Description.Name} measures up to {lag.MostSamples} samples late and has {lag.Played.Count} outputs and {lag.Measured.Count} inputs; "
                + "its lag can be found where one of two each way is a reference, wired to the other.");
    }

    public async Task<Measurement> RunAsync(Stimulus stimulus, CancellationToken cancellation)
    {
        StimulusGuard.Require(Description, stimulus);
        var aligned = new Measurement(
            stimulus.FirstShot, stimulus.Shots, new float[stimulus.Volts.Length], new float[stimulus.ActuatorVolts.Length],
            new float[stimulus.Shots * Description.MeasurementSamples]);
        var lags = new FoundLag[stimulus.Shots];
        List<int> open = [.. Enumerable.Range(0, stimulus.Shots)];
        for (int attempt = 1; open.Count > 0; attempt++)
        {
            foreach ((int first, int count) in Stretches(open))
            {
                Measurement played = await _system.RunAsync(Widened(stimulus, first, count), cancellation);
                Words.Read?.Invoke(played.Volts);
                played.AppliedActuatorVolts.CopyTo(aligned.AppliedActuatorVolts, 0);
                for (int s = 0; s < count; s++) { lags[first + s] = Align(played, s, aligned, first + s); }
            }

            open.RemoveAll(shot => lags[shot].StandardError <= MostErrorSamples);
            if (open.Count > 0 && attempt == MostAttempts) { throw Unheard(lags[open[0]], open.Count); }
        }

        Lags = lags;
        return aligned;
    }

    public ValueTask DisposeAsync() => _system.DisposeAsync();

    // Half of what both ends can do, so that neither clips.
    private static float ChirpVolts(SystemDescription description) => 0.5f * Math.Min(
        Math.Min(-description.StimulusRange.MinVolts, description.StimulusRange.MaxVolts),
        Math.Min(-description.MeasurementRange.MinVolts, description.MeasurementRange.MaxVolts));

    private static IEnumerable<(int First, int Count)> Stretches(List<int> shots)
    {
        for (int at = 0; at < shots.Count;)
        {
            int count = 1;
            while (at + count < shots.Count && shots[at + count] == shots[at] + count) { count++; }
            yield return (shots[at], count);
            at += count;
        }
    }

    private Stimulus Widened(Stimulus stimulus, int first, int count)
    {
        int all = _system.Description.StimulusSamples, shot = Description.StimulusSamples, words = _lag.Played.Count;
        float[] volts = new float[count * all];
        for (int s = 0; s < count; s++)
        {
            Span<float> wide = volts.AsSpan((s * all) + (AlignedShot.LeadSamples * words));
            ReadOnlySpan<float> asked = stimulus.Volts.AsSpan((first + s) * shot, shot);
            for (int n = 0; n < shot; n++) { wide[(n * words) + _lag.Played.Bench] = asked[n]; }
            for (int n = 0; n < _chirp.Length; n++) { wide[(n * words) + _lag.Played.Reference] = _chirp[n]; }
        }

        return new Stimulus(stimulus.FirstShot + (ulong)first, count, volts, stimulus.ActuatorVolts);
    }

    private FoundLag Align(Measurement played, int from, Measurement aligned, int to)
    {
        int words = _lag.Measured.Count, samples = _node.Length, wide = samples * words;
        for (int n = 0; n < samples; n++)
        {
            _reference[n] = played.Volts[(from * wide) + (n * words) + _lag.Measured.Reference];
            _node[n] = played.Volts[(from * wide) + (n * words) + _lag.Measured.Bench];
        }

        FoundLag lag = _finder.Find(_reference, AlignedShot.LeadSamples, _lag.MostSamples);
        if (!(lag.StandardError <= MostErrorSamples)) { return lag; }
        int whole = (int)Math.Floor(lag.Samples), start = AlignedShot.LeadSamples + _lag.Shot.MeasurementStartSample + whole - FractionalDelay.OfShots.HalfTaps + 1;
        float[] weights = FractionalDelay.OfShots.Weights(lag.Samples - whole);
        Span<float> volts = aligned.Volts.AsSpan(to * Description.MeasurementSamples, Description.MeasurementSamples);
        for (int n = 0; n < volts.Length; n++) { volts[n] = TensorPrimitives.Dot(_node.AsSpan(start + n, weights.Length), weights); }

        int shot = Description.StimulusSamples, all = _system.Description.StimulusSamples;
        for (int n = 0; n < shot; n++)
        {
            aligned.AppliedVolts[(to * shot) + n] = played.AppliedVolts[(from * all) + ((AlignedShot.LeadSamples + n) * _lag.Played.Count) + _lag.Played.Bench];
        }

        return lag;
    }

    private PhysicalSystemException Unheard(FoundLag lag, int shots)
    {
        string found = double.IsFinite(lag.StandardError)
            ? $"its lag came out as {lag.Samples:F2} ± {lag.StandardError:F2} samples, and ±{MostErrorSamples} is needed"
            : "nothing like it was there";
        return new PhysicalSystemException(
            $"The reference input of {Description.Name} did not hear the chirp of {shots} of the shots in {MostAttempts} tries ({found}); "
            + "is the reference output wired to the reference input, and does that input lose no bit?");
    }
}
