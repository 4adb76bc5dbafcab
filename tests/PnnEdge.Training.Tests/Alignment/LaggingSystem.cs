using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Alignment;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Tests.Alignment;

/// <summary>
/// Two outputs and two inputs that start apart: the one pair through a bench, a strongly bent tanh of what was played now and before, and the other a wire.
/// The lag and what the wire carries are the test's.
/// </summary>
internal sealed class LaggingSystem(ShotShape shot, int most, Func<ulong, int, double> lagOf) : IPhysicalSystem
{
    private static readonly FractionalDelay Exact = new(32, 9);
    private readonly ShotShape _played = new AlignedShot(shot, most).Played;

    public SystemDescription Description => new(
        "lagging#1", Simulated: true, 2 * _played.StimulusSamples, 2 * _played.MeasurementSamples, 96e3, new VoltRange(-3, 3), 0, new VoltRange(-1.5f, 1.5f), [])
    {
        Lag = Lag,
    };

    public UnknownLag? Lag { get; init; } = new(most, shot, new ChannelPlaces(2, 0, 1), new ChannelPlaces(2, 1, 0));

    public SystemUsage Usage => new(Played.Count, 0, 0, 0, 0);

    /// <summary>Shots, in the order that they were played.</summary>
    public List<ulong> Played { get; } = [];

    /// <summary>What of the reference arrives, by shot and how often it was played before.</summary>
    public Func<ulong, int, double> Heard { get; init; } = (_, _) => 1;

    /// <summary>V rms on both inputs.</summary>
    public double NoiseVolts { get; init; }

    /// <summary>Of the bench's answer on the reference input.</summary>
    public double Crosstalk { get; init; }

    /// <summary>Of the reference on the bench's input.</summary>
    public double ReferenceLeak { get; init; }

    /// <summary>What the bench alone makes of a drive, [sample], V.</summary>
    public static double[] Bench(ReadOnlySpan<double> drive)
    {
        double[] node = new double[drive.Length];
        double first = 0, second = 0;
        for (int n = 0; n < drive.Length; n++)
        {
            // Two poles, slow against the samples, as a bench for codecs has: what is left near half the rate nobody could interpolate.
            first += 0.05 * (drive[n] - first);
            second += 0.05 * (first - second);
            node[n] = Math.Tanh(3 * second);
        }

        return node;
    }

    public Task<Measurement> RunAsync(Stimulus stimulus, CancellationToken cancellation)
    {
        StimulusGuard.Require(Description, stimulus);
        float[] measured = new float[stimulus.Shots * Description.MeasurementSamples];
        for (int s = 0; s < stimulus.Shots; s++)
        {
            ulong index = stimulus.FirstShot + (ulong)s;
            int before = Played.Count(played => played == index);
            Played.Add(index);
            double[] drive = new double[_played.Samples], reference = new double[_played.Samples];
            for (int n = 0; n < _played.StimulusSamples; n++)
            {
                drive[n] = stimulus.Volts[(s * Description.StimulusSamples) + (2 * n)];
                reference[n] = Heard(index, before) * stimulus.Volts[(s * Description.StimulusSamples) + (2 * n) + 1];
            }

            double[] node = Bench(drive);
            var random = new SeededRandom(index, (ulong)before);
            for (int n = 0; n < _played.MeasurementSamples; n++)
            {
                double lag = lagOf(index, before), late = Late(node, n - lag);
                measured[(s * Description.MeasurementSamples) + (2 * n)] = (float)(Late(reference, n - lag) + (Crosstalk * late) + (NoiseVolts * random.NextNormal()));
                measured[(s * Description.MeasurementSamples) + (2 * n) + 1] = (float)(late + (ReferenceLeak * Late(reference, n - lag)) + (NoiseVolts * random.NextNormal()));
            }
        }

        return Task.FromResult(new Measurement(stimulus.FirstShot, stimulus.Shots, [.. stimulus.Volts], [], measured));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static double Late(double[] volts, double at)
    {
        int whole = (int)Math.Floor(at);
        return Exact.Weights(at - whole).Select((weight, tap) => (At: whole + tap + 1 - Exact.HalfTaps, Weight: weight))
            .Where(tap => tap.At >= 0 && tap.At < volts.Length).Sum(tap => tap.Weight * volts[tap.At]);
    }
}
