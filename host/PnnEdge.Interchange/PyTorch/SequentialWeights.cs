using System.Globalization;
using System.Text.RegularExpressions;
using PnnEdge.Training.Twins;

namespace PnnEdge.Interchange.PyTorch;

/// <summary>A perceptron twin's weights from the state_dict of an <c>nn.Sequential</c> of Linear layers with SiLU between them.</summary>
/// <remarks>The scales around it are the twin's own, so its inputs and outputs are in its normalised units.</remarks>
public static partial class SequentialWeights
{
    /// <param name="twin">Its weights are replaced; its widths say which shapes are needed.</param>
    /// <exception cref="InvalidDataException">One sentence: what was found and what this twin takes; the twin is as it was.</exception>
    public static void CopyInto(TensorSet tensors, MlpTwin twin)
    {
        // Whatever stands in front of the number: the module may be a member of another.
        (string Name, int Index)[] found =
        [
            .. tensors.Names.Select(name => WeightName().Match(name)).Where(match => match.Success)
                .Select(match => (match.Groups["layer"].Value, int.Parse(match.Groups["index"].Value, CultureInfo.InvariantCulture))).OrderBy(layer => layer.Item2),
        ];
        IReadOnlyList<PerceptronLayer> layers = PerceptronLayer.Of(twin);
        if (found.Length != layers.Count)
        {
            throw new InvalidDataException(
                $"{tensors.Source} has {found.Length} numbered weights; this twin of widths {string.Join("-", twin.Widths)} takes {layers.Count}, named as nn.Sequential names its Linear layers ({string.Join(", ", layers.Select(layer => layer.Weight.Name))}).");
        }

        float[][] weights = [.. layers.Select((layer, l) => tensors.Floats($"{found[l].Name}.weight", layer.Weight.Shape))];
        float[][] biases = [.. layers.Select((layer, l) => tensors.Floats($"{found[l].Name}.bias", layer.Bias.Shape))];
        for (int l = 0; l < layers.Count; l++)
        {
            weights[l].CopyTo(layers[l].Weight.Of(twin.Parameters));
            biases[l].CopyTo(layers[l].Bias.Of(twin.Parameters));
        }
    }

    [GeneratedRegex(@"^(?<layer>(.*\.)?(?<index>[0-9]{1,6}))\.weight$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex WeightName();
}
