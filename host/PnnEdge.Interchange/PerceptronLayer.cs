using PnnEdge.Training.Networks;
using PnnEdge.Training.Twins;

namespace PnnEdge.Interchange;

/// <summary>One dense layer of a perceptron twin.</summary>
/// <param name="Index">Its place in PyTorch's <c>nn.Sequential</c>, where every activation counts as a layer, too.</param>
/// <param name="Weight">[out, in].</param> <param name="Bias">[out].</param>
internal readonly record struct PerceptronLayer(int Index, ParameterSegment Weight, ParameterSegment Bias)
{
    /// <summary>In the order of <see cref="MlpTwin.Parameters"/>: each layer's weight, then its bias.</summary>
    public static IReadOnlyList<PerceptronLayer> Of(MlpTwin twin)
    {
        var layout = new ParameterLayout();
        return [.. Enumerable.Range(0, twin.Widths.Count - 1).Select(l => new PerceptronLayer(
            2 * l,
            layout.Add($"{2 * l}.weight", twin.Widths[l + 1] * twin.Widths[l], twin.Widths[l]),
            layout.Add($"{2 * l}.bias", twin.Widths[l + 1])))];
    }
}
