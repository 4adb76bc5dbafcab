using PnnEdge.Training.Coding;

namespace PnnEdge.Training.Twins.Search;

/// <param name="Name">For a table.</param>
/// <param name="Settings">Kind, widths, memory, rate and batch; shots and epochs are the search's.</param>
public sealed record TwinCandidate(string Name, TwinFitSettings Settings)
{
    private static readonly int[][] WholeWidths = [[50], [100, 100], [200, 200]];
    private static readonly int[][] CausalWidths = [[32, 32], [48, 48]];
    private static readonly int[][] Channels = [[16, 16, 16], [32, 32, 32]];
    private static readonly int[] Memories = [12, 24, 48];

    public static TwinCandidate Of(TwinFitSettings settings) => new(
        settings.MemorySlots > 0
            ? $"{Word(settings.Kind)} {string.Join("-", settings.HiddenWidths)}, memory {settings.MemorySlots}"
            : $"{Word(settings.Kind)} {string.Join("-", settings.HiddenWidths)}",
        settings);

    /// <summary>Kinds × widths × memories that suit these shots, small ones first; ours.</summary>
    /// <param name="basis">Shots and batch are taken from it.</param>
    public static IReadOnlyList<TwinCandidate> For(SlotPlan plan, TwinFitSettings basis)
    {
        var all = new List<TwinCandidate>();
        foreach (int[] widths in WholeWidths) { Add(TwinKind.Perceptron, widths, 0, 2e-3); }

        // A system that is loaded first has no time within a shot.
        if (plan.ReadSamples > 0) { return all; }
        int[] memories = [.. Memories.Select(slots => Math.Min(Math.Max(slots, plan.Slots / plan.Windows), plan.Slots)).Distinct()];
        foreach (int memory in memories)
        {
            foreach (int[] widths in CausalWidths) { Add(TwinKind.CausalPerceptron, widths, memory, 5e-3); }
            foreach (int[] widths in Channels) { Add(TwinKind.CausalConvolution, widths, memory, 1e-2); }
        }

        return all;

        void Add(TwinKind kind, int[] widths, int memorySlots, double learningRate) =>
            all.Add(Of(basis with { Kind = kind, HiddenWidths = widths, MemorySlots = memorySlots, LearningRate = learningRate }));
    }

    private static string Word(TwinKind kind) => kind switch
    {
        TwinKind.Perceptron => "perceptron",
        TwinKind.CausalPerceptron => "causal perceptron",
        TwinKind.CausalConvolution => "causal convolution",
        _ => throw new ArgumentException($"A search has no candidates of kind {kind}: it is not fitted step by step."),
    };
}
