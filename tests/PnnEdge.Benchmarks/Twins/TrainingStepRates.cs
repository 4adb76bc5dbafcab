using System.Diagnostics;
using System.Text.Json;
using PnnEdge.Benchmarks.Machine;

namespace PnnEdge.Benchmarks.Twins;

/// <summary>A twin's training step on one and on two threads: its rate beside the machine's peak, and TorchSharp's time for each of ours.</summary>
/// <remarks>On one thread in processor time, which a busy machine does not stretch; on two in wall time.</remarks>
internal static class TrainingStepRates
{
    public const string DuelCommand = "duel-torch";

    public static IEnumerable<Figure> Measure() => Measure(threads: 1).Concat(Environment.ProcessorCount > 1 ? Measure(threads: 2) : []);

    private static IEnumerable<Figure> Measure(int threads)
    {
        DuelResult result = Duel(threads);
        string suffix = threads == 1 ? string.Empty : $"_{threads}_threads";
        yield return new Figure($"machine.fma_peak_gflops{suffix}", result.PeakGigaflops, "GFLOP/s");
        foreach ((TrainingStepShape shape, DuelShape duel) in TrainingStepShape.All.Zip(result.Shapes))
        {
            string name = $"twins.step.{shape.Name}";
            double seconds = Pace.Median(duel.Ours.Select(Seconds));
            yield return new Figure($"{name}.micros{suffix}", 1e6 * seconds, "µs");
            yield return new Figure($"{name}.gflops{suffix}", shape.Operations / seconds / 1e9, "GFLOP/s");
            yield return result.Missing is { } why
                ? Figure.Missing($"{name}.torchsharp_ratio{suffix}", why)
                : new Figure(
                    $"{name}.torchsharp_ratio{suffix}", Pace.Median(duel.Ours.Zip(duel.Torch, (ours, theirs) => Seconds(theirs) / Seconds(ours))), "1",
                    threads == 1 ? shape.LeastRatio : null);
        }

        double Seconds(Pace pace) => threads == 1 ? pace.CpuSeconds : pace.WallSeconds;
    }

    // The number of processors that .NET sees is fixed when a process starts.
    private static DuelResult Duel(int threads)
    {
        ProcessStartInfo start = Self.Start(DuelCommand);
        start.Environment["DOTNET_PROCESSOR_COUNT"] = $"{threads}";
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "0"; // optimised at once: training runs for hours, this for seconds
        using Process duel = Process.Start(start)!;
        string output = duel.StandardOutput.ReadToEnd();
        duel.WaitForExit();
        return duel.ExitCode == 0
            ? JsonSerializer.Deserialize<DuelResult>(output)!
            : throw new InvalidOperationException($"The training steps on {threads} threads ended with exit code {duel.ExitCode}.");
    }
}
