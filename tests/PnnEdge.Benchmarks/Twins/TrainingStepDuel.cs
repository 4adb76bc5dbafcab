using System.Text.Json;
using PnnEdge.Benchmarks.Machine;
using PnnEdge.Numerics.Chance;
using PnnEdge.Twins.Torch;

namespace PnnEdge.Benchmarks.Twins;

/// <summary>Ours and TorchSharp's training step in turn, on the same data and as many threads as .NET sees processors: a process of its own.</summary>
internal static class TrainingStepDuel
{
    private const double SecondsPerPace = 0.1;
    private const double SecondsToWarm = 0.3;
    private const int Rounds = 7;

    // Both sides' first steps differ by rounding alone; a step moves weights by 1e-3, so the loss by far more than this.
    private const double LargestDifference = 1e-4;

    /// <summary>Prints one line of JSON: <see cref="DuelResult"/>.</summary>
    public static void Run()
    {
        string? missing = TorchEngine.IsAvailable(out _) ? null : "not installed";
        double peak = PeakRate.GigaflopsPerSecond(Environment.ProcessorCount); // before the look around: a process that has just started is busy with itself
        if (Environment.ProcessorCount > 1 && !Load.LeavesRoomFor(Environment.ProcessorCount)) { missing ??= "machine busy"; }
        DuelShape[] shapes = [.. TrainingStepShape.All.Select(shape => Run(shape, missing is null))];
        Console.WriteLine(JsonSerializer.Serialize(new DuelResult(Math.Max(peak, PeakRate.GigaflopsPerSecond(Environment.ProcessorCount)), missing, shapes)));
    }

    private static DuelShape Run(TrainingStepShape shape, bool withRival)
    {
        var random = new SeededRandom(1);
        float[] x = Normal(shape.Shots * shape.Widths[0]), y = Normal(shape.Shots * shape.Widths[^1]);
        float[] Normal(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.NextNormal())];

        var ours = new ManagedTrainingStep(shape.Widths, x, y, shape.Shots);
        using TorchTrainingStep? rival = withRival ? new TorchTrainingStep(shape.Widths, x, y, shape.Shots, Environment.ProcessorCount) : null;
        if (rival is not null) { RequireSame(shape, ours, rival); }
        Pace.Of(() => ours.Step(), SecondsToWarm);
        if (rival is not null) { Pace.Of(rival.Step, SecondsToWarm); }
        List<Pace> mine = [], theirs = [];
        for (int round = 0; round < Rounds; round++)
        {
            mine.Add(Pace.Of(() => ours.Step(), SecondsPerPace));
            if (rival is not null) { theirs.Add(Pace.Of(rival.Step, SecondsPerPace)); }
        }

        return new DuelShape([.. mine], [.. theirs]);
    }

    /// <summary>A ratio to another computation means nothing: from the same weights on, both see the same losses.</summary>
    private static void RequireSame(TrainingStepShape shape, ManagedTrainingStep ours, TorchTrainingStep rival)
    {
        rival.SetParameters(ours.Parameters);
        for (int step = 0; step < 3; step++)
        {
            double theirs = rival.Loss(), mine = ours.Step();
            rival.Step();
            if (!(Math.Abs(mine - theirs) <= LargestDifference * theirs))
            {
                throw new InvalidOperationException($"TorchSharp trains another {shape.Name}: its loss after {step} steps is {theirs:G9}, ours {mine:G9}.");
            }
        }
    }
}

/// <param name="PeakGigaflops">Of all its threads, GFLOP/s.</param>
/// <param name="Missing">Why TorchSharp did not take part; null where it did.</param>
internal sealed record DuelResult(double PeakGigaflops, string? Missing, DuelShape[] Shapes);

/// <param name="Ours">[round].</param> <param name="Torch">[round]; empty without TorchSharp.</param>
internal sealed record DuelShape(Pace[] Ours, Pace[] Torch);
