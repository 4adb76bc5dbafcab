using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Calibration;

/// <summary>A bench's answers to the fixed random probe: every shot of it, again and again.</summary>
/// <param name="Volts">[repeat][shot, sample], V.</param>
/// <param name="Shots">Of the probe.</param>
public sealed record ProbeAnswers(float[][] Volts, int Shots)
{
    private const double ActuatorShare = 0.05; // of their range, around the middle: far enough that they count, near enough for every system

    private int Outputs => Volts[0].Length;

    /// <summary>Plays the whole probe once after the other: a drift while it is played is in its noise.</summary>
    /// <param name="done">Told the times played.</param>
    public static async Task<ProbeAnswers> PlayAsync(
        IPhysicalSystem system, ulong seed, int shots, int repeats, ShotCounter counter, Action<int> done, CancellationToken cancellation)
    {
        if (repeats < 4) { throw new ArgumentException($"Asked for {repeats} repeats of the probe; its noise is known from 4 on."); }
        SystemDescription d = system.Description;
        var random = new SeededRandom(seed, stream: 0xF1A);
        float[] volts = HeldVolts.Random(random, d, shots);
        float[] actuators = ActuatorCentre.Of(d);
        for (int a = 0; a < actuators.Length; a++)
        {
            VoltRange range = d.ActuatorAt(a).Range;
            actuators[a] += (float)(ActuatorShare * (random.NextDouble() - 0.5)) * (range.MaxVolts - range.MinVolts);
        }

        float[][] answers = new float[repeats][];
        for (int r = 0; r < repeats; r++)
        {
            answers[r] = (await system.RunAsync(new Stimulus(counter.Take(shots), shots, volts, actuators), cancellation)).Volts;
            done(r + 1);
        }

        return new ProbeAnswers(answers, shots);
    }

    /// <returns>[shot, sample], V.</returns>
    public double[] MeanVolts() => [.. Enumerable.Range(0, Outputs).Select(i => Volts.Average(answer => (double)answer[i]))];

    /// <returns>[shot, sample], V: standard deviation of one reading.</returns>
    public double[] NoiseVolts()
    {
        double[] mean = MeanVolts();
        return [.. mean.Select((m, i) => Math.Sqrt(Volts.Sum(answer => Math.Pow(answer[i] - m, 2)) / (Volts.Length - 1)))];
    }

    /// <summary>Of the noise's covariance over width, squared: Σ over shots of an unbiased estimate of tr C², for shots are independent of each other.</summary>
    /// <param name="width">[shot, sample], V.</param>
    internal double TraceOfSquare(double[] width)
    {
        double[] mean = MeanVolts();
        int repeats = Volts.Length, samples = Outputs / Shots;
        double free = repeats - 1, sum = 0;
        double[][] scaled = [.. Volts.Select(answer => answer.Select((v, i) => (v - mean[i]) / width[i]).ToArray())];
        for (int shot = 0; shot < Shots; shot++)
        {
            double trace = 0, square = 0;
            for (int a = 0; a < repeats; a++)
            {
                for (int b = 0; b < repeats; b++)
                {
                    double product = 0;
                    for (int i = shot * samples; i < (shot + 1) * samples; i++) { product += scaled[a][i] * scaled[b][i]; }
                    square += product * product / (free * free);
                    if (a == b) { trace += product / free; }
                }
            }

            sum += free * free / ((free + 2) * (free - 1)) * (square - (trace * trace / free));
        }

        return sum;
    }
}
