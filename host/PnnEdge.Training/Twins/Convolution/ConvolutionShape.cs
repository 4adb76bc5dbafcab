using PnnEdge.Training.Coding;
using PnnEdge.Training.Networks;

namespace PnnEdge.Training.Twins.Convolution;

/// <summary>How a causal convolution divides one shot, and where its numbers stand.</summary>
/// <remarks>
/// Time goes in the longest steps that hold whole slots and whole windows. The first layer sees the last <see cref="MemorySlots"/> slots; each
/// further one sees the layer below now and 1, 2, 4, … steps ago, so what a window can depend on grows by a factor while its cost grows by a term.
/// </remarks>
public sealed class ConvolutionShape
{
    /// <param name="memorySlots">Slots that the first layer sees, a step's own included.</param>
    /// <param name="lateSteps">Steps that a window lies later than its slots.</param>
    /// <param name="widths">[layer], channels.</param>
    /// <exception cref="ArgumentException">One sentence: what does not fit.</exception>
    public ConvolutionShape(int slots, int actuators, int windows, int memorySlots, int lateSteps, IReadOnlyList<int> widths)
    {
        (Slots, Actuators, Windows, MemorySlots, LateSteps, Widths) = (slots, actuators, windows, memorySlots, lateSteps, [.. widths]);
        Steps = GreatestCommonDivisor(slots, windows);
        if (Steps < 2 || memorySlots < slots / Steps || widths.Count < 1 || widths.Any(width => width < 1))
        {
            throw new ArgumentException(
                $"A causal convolution needs layers, steps of whole slots and whole windows, and a memory of at least one step; asked were {widths.Count} layers, {windows} windows over {slots} slots (steps of {slots / Steps} slots) and a memory of {memorySlots} slots.");
        }

        var layout = new ParameterLayout();
        Layers = [.. Enumerable.Range(0, widths.Count).Select(l => new ConvolutionLayer(
            l == 0 ? TapsOfFirst : 2 * widths[l - 1], widths[l], l == 0 ? 0 : Math.Min(1 << Math.Min(l - 1, 30), Steps), l > 0 && widths[l] == widths[l - 1],
            layout.Add($"layer{l}.weight", widths[l] * (l == 0 ? TapsOfFirst : 2 * widths[l - 1]), l == 0 ? TapsOfFirst : 2 * widths[l - 1]),
            layout.Add($"layer{l}.actuators", widths[l] * actuators, actuators),
            layout.Add($"layer{l}.bias", widths[l])))];
        LastWeight = layout.Add("last.weight", WindowsPerStep * widths[^1], widths[^1]);
        LastBias = layout.Add("last.bias", WindowsPerStep);
        ParameterCount = layout.Count;
    }

    /// <exception cref="ArgumentException">The plan's shots have no steps, or are read after they are loaded.</exception>
    public static ConvolutionShape Of(SlotPlan plan, int actuators, int memorySlots, IReadOnlyList<int> widths)
    {
        if (plan.ReadSamples > 0)
        {
            throw new ArgumentException("A causal convolution follows a system that is measured while it is driven; this one is loaded first and read afterwards.");
        }

        int stepSamples = plan.HoldSamples * plan.Slots / GreatestCommonDivisor(plan.Slots, plan.Windows);
        return new ConvolutionShape(
            plan.Slots, actuators, plan.Windows, memorySlots, (plan.DelaySamples + stepSamples - 1) / stepSamples, widths);
    }

    public int Slots { get; }

    public int Actuators { get; }

    public int Windows { get; }

    /// <summary>Of a shot.</summary>
    public int Steps { get; }

    public int SlotsPerStep => Slots / Steps;

    public int WindowsPerStep => Windows / Steps;

    public int MemorySlots { get; }

    public int LateSteps { get; }

    public IReadOnlyList<int> Widths { get; }

    public IReadOnlyList<ConvolutionLayer> Layers { get; }

    public ParameterSegment LastWeight { get; }

    public ParameterSegment LastBias { get; }

    public int ParameterCount { get; }

    /// <summary>The slots seen, and which share of them lies inside the shot.</summary>
    public int TapsOfFirst => MemorySlots + 1;

    /// <summary>Rows of one shot: the rest before it, the steps, and those that the windows come late.</summary>
    public int Rows => 1 + Steps + LateSteps;

    /// <summary>The row that the first windows are read from.</summary>
    public int FirstReadRow => 1 + LateSteps;

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}

/// <param name="Taps">Inputs of one row.</param>
/// <param name="Width">Channels.</param>
/// <param name="DilationSteps">How long ago the second tap is; 0 for the first layer, which sees slots.</param>
/// <param name="Adds">Whether the layer adds to what it was given, instead of replacing it.</param>
/// <param name="Weight">[channel, tap].</param> <param name="Actuators">[channel, actuator].</param> <param name="Bias">[channel].</param>
public sealed record ConvolutionLayer(
    int Taps, int Width, int DilationSteps, bool Adds, ParameterSegment Weight, ParameterSegment Actuators, ParameterSegment Bias);
