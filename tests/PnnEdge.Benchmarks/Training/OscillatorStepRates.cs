using System.Runtime.InteropServices;
using System.Text.Json;
using PnnEdge.Benchmarks.Machine;

namespace PnnEdge.Benchmarks.Training;

/// <summary>What one step of physics-aware training on the oscillators costs, and PyTorch's cost of the same step for each of ours.</summary>
internal static class OscillatorStepRates
{
    private const int Rounds = 3;
    private const double SecondsPerPace = 0.5;
    private const double SecondsToWarm = 1.5;
    private const string Script = "oscillator_step_torch.py";

    // The original code took 45 to 53 ms of processor time with PyTorch and OpenBLAS on a machine of two cores. Ours takes 7 to 9.4 on one and the same machine,
    // as its neighbours leave it memory, and our own PyTorch script 13 to 19 with it: the ratio is what holds.
    private const double MostCpuMillis = 15;
    private const double LeastRatio = 1.5;

    // Single precision on both sides: relative to the gradient's norm.
    private const double LargestDifference = 1e-4;

    public static IEnumerable<Figure> Measure() => Measure(threads: 1).Concat(Environment.ProcessorCount > 1 ? Measure(threads: 2) : []);

    private static IEnumerable<Figure> Measure(int threads)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("rival-");
        try
        {
            string question = Path.Combine(folder.FullName, "question.json"), gradient = Path.Combine(folder.FullName, "gradient.f32");
            var step = new OscillatorStep(threads);
            File.WriteAllText(question, JsonSerializer.Serialize(step.Question(threads)));
            float[] first = step.FirstGradient();
            Pace.Of(() => step.Step(), SecondsToWarm); // until the compiler has seen what is hot
            List<Pace> ours = [], theirs = [];
            bool isBusy = threads > 1 && !Load.LeavesRoomFor(threads);
            for (int round = 0; round < Rounds; round++)
            {
                ours.Add(Pace.Of(() => step.Step(), SecondsPerPace));
                if (isBusy || PythonScript.Run(Script, threads, question, gradient) is not { } answer) { continue; }
                RequireSame(first, MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(gradient)));
                theirs.Add(JsonSerializer.Deserialize<Pace>(answer));
            }

            return Figures(threads, ours, theirs, isBusy);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<Figure> Figures(int threads, List<Pace> ours, List<Pace> theirs, bool isBusy)
    {
        const string Name = "training.oscillator_step";
        string suffix = threads == 1 ? string.Empty : $"_{threads}_threads";
        Pace pace = Pace.Median(ours);
        yield return new Figure($"{Name}.cpu_millis{suffix}", 1e3 * pace.CpuSeconds, "ms", Most: threads == 1 ? MostCpuMillis : null);
        yield return new Figure($"{Name}.wall_millis{suffix}", 1e3 * pace.WallSeconds, "ms");
        string ratio = $"{Name}.pytorch_cpu_ratio{suffix}";
        if (theirs.Count == 0)
        {
            yield return Figure.Missing(ratio, isBusy ? "machine busy" : "not installed");
            yield break;
        }

        Pace rival = Pace.Median(theirs);
        yield return new Figure($"{Name}.pytorch_cpu_millis{suffix}", 1e3 * rival.CpuSeconds, "ms");
        yield return new Figure($"{Name}.pytorch_wall_millis{suffix}", 1e3 * rival.WallSeconds, "ms");
        yield return new Figure(ratio, Pace.Median(ours.Zip(theirs, (mine, other) => other.CpuSeconds / mine.CpuSeconds)), "1", Least: threads == 1 ? LeastRatio : null);
    }

    /// <summary>A ratio to another step means nothing.</summary>
    private static void RequireSame(ReadOnlySpan<float> ours, ReadOnlySpan<float> theirs)
    {
        double difference = 0, norm = 0;
        for (int i = 0; i < ours.Length; i++)
        {
            difference += Math.Pow(ours[i] - theirs[i], 2);
            norm += Math.Pow(theirs[i], 2);
        }

        if (!(ours.Length == theirs.Length && Math.Sqrt(difference / norm) <= LargestDifference))
        {
            throw new InvalidOperationException($"PyTorch computed another gradient: it differs by {Math.Sqrt(difference / norm):p4} of its norm; up to {LargestDifference:p3} both take the same step.");
        }
    }
}
