using PnnEdge.Training.Twins;
using PnnEdge.Training.Twins.Convolution;

namespace PnnEdge.Interchange.Tests.Onnx;

/// <summary>A twin of every kind that has a file of its own, in the shapes where they differ.</summary>
internal static class TwinKinds
{
    public static IReadOnlyDictionary<string, Func<ITwin>> All { get; } = new Dictionary<string, Func<ITwin>>
    {
        ["perceptron"] = () => Perceptron(actuators: 0),
        ["perceptron with actuators"] = () => Perceptron(actuators: 3),
        ["perceptron without a hidden layer"] = () => new MlpTwin(Scale(6, 2), [], 1, actuators: 0),
        ["wide perceptron"] = () => new MlpTwin(Scale(400, 100), [500, 300], 1, actuators: 1),
        ["causal perceptron"] = () => Causal(slots: 24, windows: 12, memory: 6, actuators: 0),
        ["causal perceptron with actuators that remembers more than the shot"] = () => Causal(slots: 12, windows: 12, memory: 20, actuators: 2),
        ["convolution"] = () => Convolution(slots: 24, actuators: 0, windows: 12, memory: 5, late: 0, 6, 6, 6),
        ["convolution, late, with actuators and widths that change"] = () => Convolution(slots: 20, actuators: 2, windows: 10, memory: 7, late: 2, 4, 6, 6, 3),
        ["convolution of several windows a step"] = () => Convolution(slots: 16, actuators: 1, windows: 24, memory: 2, late: 1, 5, 5),
        ["convolution deeper than its shot is long"] = () => Convolution(slots: 4, actuators: 0, windows: 4, memory: 3, late: 0, 3, 3, 3, 3, 3, 3),
        ["convolution of one layer"] = () => Convolution(slots: 8, actuators: 1, windows: 4, memory: 12, late: 0, 3),
    };

    public static MlpTwin Perceptron(int actuators) => Shifted(new MlpTwin(Scale(10 + actuators, 5), [16, 9], 1, actuators));

    private static MlpTwin Causal(int slots, int windows, int memory, int actuators)
    {
        var field = new ReceptiveField(slots, actuators, windows, memory);
        return Shifted(new MlpTwin(Scale(field.RowInputs, 1), [16, 8], 1, actuators, field));
    }

    private static ConvolutionTwin Convolution(int slots, int actuators, int windows, int memory, int late, params int[] widths)
    {
        var shape = new ConvolutionShape(slots, actuators, windows, memory, late, widths);
        return Shifted(new ConvolutionTwin(shape, Scale(1 + actuators, shape.WindowsPerStep), 1));
    }

    private static TwinScale Scale(int inputs, int outputs)
    {
        var random = new Random(inputs + outputs);
        float[] Values(int count, float from) => [.. Enumerable.Range(0, count).Select(_ => from + random.NextSingle())];
        return new TwinScale(Values(inputs, 0), Values(inputs, 0.5f), Values(outputs, -0.5f), Values(outputs, 0.3f));
    }

    // Start weights have no biases; a bias in the wrong place must show.
    private static T Shifted<T>(T twin) where T : ITrainableTwin
    {
        var random = new Random(3);
        foreach (ref float value in twin.Parameters.AsSpan()) { value += 0.4f * (random.NextSingle() - 0.5f); }
        return twin;
    }
}
