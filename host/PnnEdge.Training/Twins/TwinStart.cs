using PnnEdge.Training.Coding;
using PnnEdge.Training.Twins.Convolution;

namespace PnnEdge.Training.Twins;

/// <summary>A twin of every trainable kind before its first step: scales from the shots, weights from the seed.</summary>
public static class TwinStart
{
    // Every window of a few hundred shots fixes a scale well enough, and all rows of all shots would not fit in memory.
    private const int ScaleShots = 300;

    /// <exception cref="ArgumentException">The kind does not suit the plan, or is not trained step by step.</exception>
    public static ITrainableTwin Of(ShotSet shots, SlotPlan plan, TwinFitSettings settings, ulong seed)
    {
        (float[] x, float[] y) = shots.Rows();
        int actuators = (x.Length / shots.Count) - plan.Slots;
        return settings.Kind switch
        {
            TwinKind.Perceptron => new MlpTwin(TwinScale.Of(x, y, shots.Count), settings.HiddenWidths, seed, actuators),
            TwinKind.CausalPerceptron => CausalPerceptron(x, y, shots.Count, ReceptiveField.Of(plan, actuators, settings.MemorySlots), settings, seed),
            TwinKind.CausalConvolution => Convolution(x, y, shots.Count, ConvolutionShape.Of(plan, actuators, settings.MemorySlots, settings.HiddenWidths), seed),
            _ => throw new ArgumentException($"A twin of kind {settings.Kind} is not trained step by step.", nameof(settings)),
        };
    }

    private static MlpTwin CausalPerceptron(float[] x, float[] y, int shots, ReceptiveField field, TwinFitSettings settings, ulong seed)
    {
        int some = Math.Min(shots, ScaleShots);
        float[] rows = new float[some * field.Windows * field.RowInputs];
        field.Forward(x, some, rows);
        var scale = TwinScale.Of(rows, y.AsSpan(0, some * field.Windows), some * field.Windows);
        return new MlpTwin(scale, settings.HiddenWidths, seed, field.Actuators, field);
    }

    private static ConvolutionTwin Convolution(float[] x, float[] y, int shots, ConvolutionShape shape, ulong seed) =>
        new(shape, TwinScale.OfSteps(x, y, shots, shape.Slots, shape.WindowsPerStep), seed);
}
