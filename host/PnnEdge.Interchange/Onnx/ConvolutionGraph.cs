using PnnEdge.Training.Networks;
using PnnEdge.Training.Twins.Convolution;

namespace PnnEdge.Interchange.Onnx;

/// <summary>A causal convolution twin as dilated <c>Conv</c> operators on [batch, channel, row]; row 0 is the rest before the shot.</summary>
internal static class ConvolutionGraph
{
    /// <returns>What the graph computes, for a person.</returns>
    public static string Add(OnnxGraph graph, ConvolutionTwin twin)
    {
        ConvolutionShape shape = twin.Shape;
        (string slots, string? actuators) = TwinInputs.Add(graph, twin);
        string? held = actuators is null ? null : Actuators(graph, actuators, twin);
        string h = First(graph, Line(graph, slots, twin), held, twin);
        for (int l = 1; l < shape.Layers.Count; l++) { h = Further(graph, h, held, l, twin); }

        string read = graph.Node("Slice", [h, graph.Whole("first_read_row", shape.FirstReadRow), graph.Whole("end_row", shape.Rows), graph.Whole("row_axis", 2)], "read");
        string weight = graph.Constant(shape.LastWeight.Name, shape.LastWeight.Of(twin.Parameters), shape.WindowsPerStep, shape.Widths[^1], 1);
        string last = graph.Node("Conv", [read, weight, graph.Constant(shape.LastBias.Name, shape.LastBias.Of(twin.Parameters), shape.WindowsPerStep)], "last");
        string steps = graph.Node("Transpose", [last], "steps", OnnxAttribute.List("perm", 0, 2, 1));
        string spread = graph.Node("Mul", [steps, graph.Constant("output_spread_volts", twin.Scale.OutputSpreadVolts, shape.WindowsPerStep)], "steps_spread");
        string volts = graph.Node("Add", [spread, graph.Constant("output_centre_volts", twin.Scale.OutputCentreVolts, shape.WindowsPerStep)], "steps_volts");
        graph.Node("Reshape", [volts, graph.Whole("windows_shape", -1, shape.Windows)], OnnxFile.Windows);
        TwinInputs.AddOutput(graph, twin);
        return $"A causal convolution of {shape.Steps} steps: a linear layer on the last {shape.MemorySlots} slots, then layers of {string.Join("-", shape.Widths)} channels that see the one below now and a while ago.";
    }

    // [batch, 1, slots with the rest around them], normalised.
    private static string Line(OnnxGraph graph, string slots, ConvolutionTwin twin)
    {
        string padded = graph.Node("Pad", [slots, graph.Whole("rest_around", 0, twin.Shape.MemorySlots, 0, twin.Shape.LateSteps * twin.Shape.SlotsPerStep)], "slots_in_rest_volts");
        string centred = graph.Node("Sub", [padded, graph.Constant("slot_centre_volts", twin.Scale.InputCentreVolts.AsSpan(0, 1), 1)], "slots_centred");
        string line = graph.Node("Div", [centred, graph.Constant("slot_spread_volts", twin.Scale.InputSpreadVolts.AsSpan(0, 1), 1)], "slots");
        return graph.Node("Unsqueeze", [line, graph.Whole("channel_axis", 1)], "line");
    }

    // [batch, actuator], normalised.
    private static string Actuators(OnnxGraph graph, string volts, ConvolutionTwin twin)
    {
        int count = twin.Actuators;
        string centred = graph.Node("Sub", [volts, graph.Constant("actuator_centre_volts", twin.Scale.InputCentreVolts.AsSpan(1), count)], "actuators_centred");
        return graph.Node("Div", [centred, graph.Constant("actuator_spread_volts", twin.Scale.InputSpreadVolts.AsSpan(1), count)], "actuators");
    }

    private static string First(OnnxGraph graph, string line, string? actuators, ConvolutionTwin twin)
    {
        ConvolutionShape shape = twin.Shape;
        ConvolutionLayer layer = shape.Layers[0];
        ReadOnlySpan<float> weight = layer.Weight.Of(twin.Parameters);
        int memory = shape.MemorySlots;
        float[] onSlots = new float[layer.Width * memory], shares = new float[layer.Width * shape.Rows];
        for (int c = 0; c < layer.Width; c++)
        {
            weight.Slice(c * layer.Taps, memory).CopyTo(onSlots.AsSpan(c * memory));

            // The last tap is the share of the memory that lies inside the shot: the same for every shot.
            for (int row = 0; row < shape.Rows; row++) { shares[(c * shape.Rows) + row] = weight[(c * layer.Taps) + memory] * ((float)Math.Min(row * shape.SlotsPerStep, memory) / memory); }
        }

        string taps = graph.Constant(layer.Weight.Name, onSlots, layer.Width, 1, memory);
        string bias = graph.Constant(layer.Bias.Name, layer.Bias.Of(twin.Parameters), layer.Width);
        string conv = graph.Node("Conv", [line, taps, bias], "layer0.conv", OnnxAttribute.List("strides", shape.SlotsPerStep));
        string shared = graph.Node("Add", [conv, graph.Constant("layer0.share_inside", shares, layer.Width, shape.Rows)], "layer0.shared");
        return AddActuators(graph, shared, actuators, layer.Actuators, 0, twin);
    }

    private static string Further(OnnxGraph graph, string below, string? actuators, int l, ConvolutionTwin twin)
    {
        ConvolutionLayer layer = twin.Shape.Layers[l];
        int channels = layer.Taps / 2;
        ReadOnlySpan<float> weight = layer.Weight.Of(twin.Parameters);
        float[] kernel = new float[weight.Length]; // [channel, channel below, before then now]
        for (int c = 0; c < layer.Width; c++)
        {
            for (int b = 0; b < channels; b++)
            {
                kernel[(((c * channels) + b) * 2) + 1] = weight[(c * layer.Taps) + b];
                kernel[((c * channels) + b) * 2] = weight[(c * layer.Taps) + channels + b];
            }
        }

        // Further back than the shot is the rest, row 0, again and again.
        string padded = graph.Node("Pad", [below, graph.Whole($"layer{l}.rest_before", 0, 0, layer.DilationSteps, 0, 0, 0)], $"layer{l}.after_rest", OnnxAttribute.Of("mode", "edge"));
        string taps = graph.Constant(layer.Weight.Name, kernel, layer.Width, channels, 2);
        string bias = graph.Constant(layer.Bias.Name, layer.Bias.Of(twin.Parameters), layer.Width);
        string conv = graph.Node("Conv", [padded, taps, bias], $"layer{l}.conv", OnnxAttribute.List("dilations", layer.DilationSteps));
        string bent = graph.Node("Tanh", [AddActuators(graph, conv, actuators, layer.Actuators, l, twin)], $"layer{l}.bent");
        return layer.Adds ? graph.Node("Add", [bent, below], $"layer{l}") : bent;
    }

    // Actuators hold for the whole shot: their share is one more bias, [batch, channel, 1].
    private static string AddActuators(OnnxGraph graph, string to, string? actuators, ParameterSegment weight, int l, ConvolutionTwin twin)
    {
        if (actuators is null) { return to; }
        string share = graph.Node("Gemm", [actuators, graph.Constant(weight.Name, weight.Of(twin.Parameters), weight.Shape)], $"layer{l}.actuator_share", OnnxAttribute.Of("transB", 1));
        string over = graph.Node("Unsqueeze", [share, graph.Whole($"layer{l}.row_axis", 2)], $"layer{l}.actuator_bias");
        return graph.Node("Add", [to, over], $"layer{l}.held");
    }
}
