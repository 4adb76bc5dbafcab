using PnnEdge.Training.Networks;
using PnnEdge.Training.Recordings;
using PnnEdge.Training.Twins;
using PnnEdge.Training.Twins.Convolution;

namespace PnnEdge.Interchange;

/// <summary>A twin's numbers as tensors that other programs can use.</summary>
/// <remarks>
/// A perceptron's layers are named as in <c>nn.Sequential(nn.Linear, nn.SiLU, nn.Linear, …)</c> of PyTorch: 0.weight [out, in], 0.bias [out],
/// 2.weight, …; a convolution's as in <see cref="ConvolutionShape"/>. Between them and volts stand input_centre_volts, input_spread_volts,
/// output_centre_volts and output_spread_volts: volts in are centred and divided, what comes out is multiplied and moved.
/// </remarks>
public static class TwinTensors
{
    /// <param name="source">The twin's file; named in error messages.</param>
    public static TensorSet OfFile(NpzArchive archive, string source) => archive.Names.Contains("parameters") ? Of(TwinFile.Read(archive, source), source) : ArchiveTensors.Of(archive, source);

    /// <exception cref="ArgumentException">A twin of another kind.</exception>
    public static TensorSet Of(ITrainableTwin twin, string source)
    {
        var tensors = new TensorSet(source);
        switch (twin)
        {
            case MlpTwin perceptron:
                foreach (PerceptronLayer layer in PerceptronLayer.Of(perceptron))
                {
                    tensors.Add($"{layer.Index}.weight", Tensor.Of(layer.Weight.Of(perceptron.Parameters).ToArray(), layer.Weight.Shape));
                    tensors.Add($"{layer.Index}.bias", Tensor.Of(layer.Bias.Of(perceptron.Parameters).ToArray()));
                }

                AddScale(tensors, perceptron.Scale);
                break;
            case ConvolutionTwin convolution:
                ConvolutionShape shape = convolution.Shape;
                foreach (ParameterSegment segment in shape.Layers.SelectMany(layer => (ParameterSegment[])[layer.Weight, layer.Actuators, layer.Bias]).Append(shape.LastWeight).Append(shape.LastBias))
                {
                    if (segment.Length > 0) { tensors.Add(segment.Name, Tensor.Of(segment.Of(convolution.Parameters).ToArray(), segment.Shape)); }
                }

                AddScale(tensors, convolution.Scale);
                break;
            default:
                throw new ArgumentException($"A twin of type {twin.GetType().Name} has no tensors here; perceptrons and causal convolutions have.", nameof(twin));
        }

        return tensors;
    }

    private static void AddScale(TensorSet tensors, TwinScale scale)
    {
        tensors.Add("input_centre_volts", Tensor.Of(scale.InputCentreVolts));
        tensors.Add("input_spread_volts", Tensor.Of(scale.InputSpreadVolts));
        tensors.Add("output_centre_volts", Tensor.Of(scale.OutputCentreVolts));
        tensors.Add("output_spread_volts", Tensor.Of(scale.OutputSpreadVolts));
    }
}
