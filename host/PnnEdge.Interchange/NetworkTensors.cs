using PnnEdge.Training.Coding;
using PnnEdge.Training.Networks;

namespace PnnEdge.Interchange;

/// <summary>A physical network's parameters as tensors, named and shaped as its own file has them: <c>layer0.theta</c> [branch, parameter slot], …</summary>
public static class NetworkTensors
{
    private const string MeanName = "output_mean_volts";
    private const string SpreadName = "output_spread_volts";

    /// <summary>Whether these are a network's by its own names.</summary>
    public static bool AreIn(TensorSet tensors) => tensors.Names.Contains(MeanName);

    /// <exception cref="InvalidDataException">One sentence: what was found and what this network takes.</exception>
    public static PhysicalNetwork Read(TensorSet tensors, NetworkShape shape)
    {
        PhysicalNetwork network;
        try
        {
            network = new PhysicalNetwork(shape, new OutputScale(tensors.Floats(MeanName, shape.Plan.Windows), tensors.Floats(SpreadName, shape.Plan.Windows)));
        }
        catch (ArgumentException misfit)
        {
            throw new InvalidDataException($"{tensors.Source}: {misfit.Message.Split(" (Parameter")[0]}", misfit);
        }

        foreach (ParameterSegment segment in network.Layout.Segments.Where(segment => segment.Length > 0))
        {
            tensors.Floats(segment.Name, segment.Shape).CopyTo(segment.Of(network.Parameters));
        }

        return network;
    }
}
