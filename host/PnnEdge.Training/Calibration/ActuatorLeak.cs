using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Calibration;

/// <summary>How much of a static output's volts is read on the input, with a wire where it has no business.</summary>
/// <param name="Actuator">The output, counted from 0 in its bank, or a whole bank of more than <see cref="MostAlone"/>, all of whose values are moved together.</param>
/// <param name="Ratio">Volts read per volt set, 1.</param>
public sealed record ActuatorLeak(string Actuator, Uncertain Ratio)
{
    /// <summary>Values of a bank that are moved one after the other: leaks of values that move together can hide each other.</summary>
    public const int MostAlone = 16;

    private const int Pairs = 8;
    private const int Shots = 4;

    /// <summary>Of its range, around the middle.</summary>
    private const float Share = 0.5f;

    public double Decibels => 20 * Math.Log10(Math.Abs(Ratio.Value));

    /// <summary>Each up and down in turn, the drive at the middle of its range: a drift is in the scatter of the pairs.</summary>
    public static async Task<IReadOnlyList<ActuatorLeak>> MeasureAsync(
        IPhysicalSystem system, double noiseVolts, ShotCounter counter, Action<ReadOnlySpan<float>> seen, CancellationToken cancellation)
    {
        SystemDescription d = system.Description;
        float[] drive = new float[Shots * d.StimulusSamples];
        drive.AsSpan().Fill((float)SweepPlan.Centre(d.StimulusRange));
        List<ActuatorLeak> leaks = [];
        int at = 0;
        foreach ((ActuatorPort port, string name) in d.Actuators.SelectMany(Alone))
        {
            float half = Share * (port.Range.MaxVolts - port.Range.MinVolts) / 2;
            double[] apart = new double[Pairs];
            double swing = 0;
            for (int pair = 0; pair < Pairs; pair++)
            {
                (double up, double upVolts) = await ReadAsync(at, port.Count, half);
                (double down, double downVolts) = await ReadAsync(at, port.Count, -half);
                (apart[pair], swing) = (up - down, upVolts - downVolts);
            }

            double mean = apart.Average(), scatter = Math.Sqrt(apart.Sum(v => (v - mean) * (v - mean)) / (Pairs - 1) / Pairs);
            double rounding = Math.Sqrt(2) * Quantisation.ResidualVolts(noiseVolts, d.MeasurementStepVolts);
            leaks.Add(new ActuatorLeak(name, new Uncertain(mean, scatter, Pairs - 1).With(rounding).Times(1 / swing)));
            at += port.Count;
        }

        return leaks;

        static IEnumerable<(ActuatorPort Port, string Name)> Alone(ActuatorPort port) => port.Count is 1 or > MostAlone
            ? [(port, port.Name)]
            : Enumerable.Range(0, port.Count).Select(i => (port with { Count = 1 }, BenchOutput.NameIn(port, i)));

        async Task<(double Read, double Set)> ReadAsync(int first, int count, float by)
        {
            float[] actuators = ActuatorCentre.Of(d);
            foreach (ref float v in actuators.AsSpan(first, count)) { v += by; }
            Measurement measured = await system.RunAsync(new Stimulus(counter.Take(Shots), Shots, drive, actuators), cancellation);
            seen(measured.Volts);
            return (measured.Volts.Average(v => (double)v), measured.AppliedActuatorVolts[first]);
        }
    }
}
