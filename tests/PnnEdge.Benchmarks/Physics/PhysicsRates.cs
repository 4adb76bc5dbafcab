using System.Diagnostics;
using PnnEdge.Physics;

namespace PnnEdge.Benchmarks.Physics;

/// <summary>Simulated passes per second of every system on one and on two threads, and the ratio to a rival measured in turn with it.</summary>
internal static class PhysicsRates
{
    private const int BatchShots = 256;
    private const double SecondsPerRate = 0.5;

    /// <summary>Ours and the rival take turns, so that a busy moment of the machine falls on both.</summary>
    private const int Rounds = 3;

    /// <summary>One line per system; each is described in a file of its own.</summary>
    private static readonly IReadOnlyList<SimulatedSystem> Systems =
    [
        CircuitSystem.Describe(), SecondHarmonicSystem.Describe(), SecondHarmonicSystem.DescribeFull(), PlateSystem.Describe(), OscillatorSystem.Describe(),
    ];

    public static IEnumerable<Figure> Measure() => Systems.SelectMany(Measure);

    private static IEnumerable<Figure> Measure(SimulatedSystem system)
    {
        string name = $"physics.{system.Name}";
        float[] drive = system.DriveVolts(BatchShots);
        IBenchPhysics one = system.Bench(1);
        IBenchPhysics two = system.Bench(2);
        PassesPerSecond(system, one, drive); // until the compiler has seen what is hot
        PassesPerSecond(system, two, drive);

        float[] rivalDrive = system.DriveVolts(system.RivalShots);
        List<double> onOne = [], onTwo = [], rivals = [];
        for (int round = 0; round < Rounds; round++)
        {
            onOne.Add(PassesPerSecond(system, one, drive));
            onTwo.Add(PassesPerSecond(system, two, drive));
            if (system.Rival.Run(system.RivalShots, system.SamplesPerShot, rivalDrive) is { } run)
            {
                RequireSame(system, rivalDrive, run.NodeVolts);
                rivals.Add(system.RivalShots / run.Seconds);
            }
        }

        yield return new Figure($"{name}.passes_per_second", Median(onOne), "1/s");
        yield return new Figure($"{name}.passes_per_second_2_threads", Median(onTwo), "1/s");
        string rival = $"{name}.{system.Rival.Name}";
        if (rivals.Count == 0)
        {
            yield return Figure.Missing($"{rival}_passes_per_second");
            yield return Figure.Missing($"{rival}_ratio");
        }
        else
        {
            yield return new Figure($"{rival}_passes_per_second", Median(rivals), "1/s");
            yield return new Figure($"{rival}_ratio", Median([.. onOne.Zip(rivals, (ours, theirs) => ours / theirs)]), "1", system.LeastRatio);
        }
    }

    private static double PassesPerSecond(SimulatedSystem system, IBenchPhysics bench, float[] drive)
    {
        float[] node = new float[drive.Length];
        ulong shot = 0;
        long start = Stopwatch.GetTimestamp();
        do
        {
            bench.Run(shot, BatchShots, system.SamplesPerShot, drive, system.ActuatorVolts, node);
            shot += BatchShots;
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < SecondsPerRate);
        return shot / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>A rate of other results means nothing.</summary>
    private static void RequireSame(SimulatedSystem system, float[] drive, float[] rival)
    {
        float[] ours = new float[drive.Length];
        system.Ideal.Run(0, system.RivalShots, system.SamplesPerShot, drive, system.ActuatorVolts, ours);
        double error = Math.Sqrt(ours.Zip(rival, (a, b) => ((double)a - b) * ((double)a - b)).Sum() / rival.Sum(value => (double)value * value));
        if (!(error <= system.LargestError))
        {
            throw new InvalidOperationException(
                $"{system.Rival.Name} computed another {system.Name}: it differs by {error:p3} of its rms; up to {system.LargestError:p3} both solve the same equations.");
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
