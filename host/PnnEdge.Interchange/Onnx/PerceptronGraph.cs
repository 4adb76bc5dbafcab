using PnnEdge.Training.Twins;

namespace PnnEdge.Interchange.Onnx;

/// <summary>A perceptron twin: rows of normalised volts through dense layers with swish between them, and back to volts.</summary>
internal static class PerceptronGraph
{
    /// <returns>What the graph computes, for a person.</returns>
    public static string Add(OnnxGraph graph, MlpTwin twin)
    {
        (string slots, string? actuators) = TwinInputs.Add(graph, twin);
        string x = actuators is null ? slots : graph.Node("Concat", [slots, actuators], "shot_volts", OnnxAttribute.Of("axis", 1));
        if (twin.Field is ReceptiveField field) { x = Rows(graph, x, field); }

        TwinScale scale = twin.Scale;
        x = graph.Node("Sub", [x, graph.Constant("input_centre_volts", scale.InputCentreVolts, scale.InputCentreVolts.Length)], "input_centred");
        x = graph.Node("Div", [x, graph.Constant("input_spread_volts", scale.InputSpreadVolts, scale.InputSpreadVolts.Length)], "input");
        foreach (PerceptronLayer layer in PerceptronLayer.Of(twin))
        {
            if (layer.Index > 0)
            {
                string logistic = graph.Node("Sigmoid", [x], $"{layer.Index - 1}.sigmoid");
                x = graph.Node("Mul", [x, logistic], $"{layer.Index - 1}.swish");
            }

            string weight = graph.Constant(layer.Weight.Name, layer.Weight.Of(twin.Parameters), layer.Weight.Shape);
            string bias = graph.Constant(layer.Bias.Name, layer.Bias.Of(twin.Parameters), layer.Bias.Shape);
            x = graph.Node("Gemm", [x, weight, bias], $"{layer.Index}.linear", OnnxAttribute.Of("transB", 1));
        }

        x = graph.Node("Mul", [x, graph.Constant("output_spread_volts", scale.OutputSpreadVolts, scale.OutputSpreadVolts.Length)], "output_spread");
        string rows = twin.Field is null ? OnnxFile.Windows : "row_volts";
        x = graph.Node("Add", [x, graph.Constant("output_centre_volts", scale.OutputCentreVolts, scale.OutputCentreVolts.Length)], rows);
        if (twin.Field is not null) { graph.Node("Reshape", [x, graph.Whole("windows_shape", -1, twin.Outputs)], OnnxFile.Windows); }
        TwinInputs.AddOutput(graph, twin);
        return $"A perceptron of widths {string.Join("-", twin.Widths)} with swish between its layers, "
            + (twin.Field is null ? "for a whole shot." : $"that every window shares: it sees the last {twin.Field.MemorySlots} slots, the actuators and the share of those slots inside the shot.");
    }

    // [batch, slot then actuator] → [batch·window, row input]: what ReceptiveField.Forward lays out, by a table of where each value comes from.
    private static string Rows(OnnxGraph graph, string shot, ReceptiveField field)
    {
        int memory = field.MemorySlots;
        string padded = graph.Node("Pad", [shot, graph.Whole("rest_before", 0, memory, 0, 0)], "shot_after_rest_volts");
        long[] from = new long[field.Windows * field.RowInputs];
        float[] share = new float[from.Length];
        for (int w = 0; w < field.Windows; w++)
        {
            int row = w * field.RowInputs, end = (w + 1) * (field.Slots / field.Windows);
            for (int i = 0; i < memory; i++) { from[row + i] = end + i; }
            for (int a = 0; a < field.Actuators; a++) { from[row + memory + a] = memory + field.Slots + a; }
            from[row + field.RowInputs - 1] = 0; // a 0 V of the rest, to which the share is added
            share[row + field.RowInputs - 1] = (float)Math.Min(end, memory) / memory;
        }

        string gathered = graph.Node("Gather", [padded, graph.Table("row_sources", from, field.Windows)], "row_volts_of_shot", OnnxAttribute.Of("axis", 1));
        string shared = graph.Node("Add", [gathered, graph.Constant("share_inside", share, field.Windows, field.RowInputs)], "rows_of_shot");
        return graph.Node("Reshape", [shared, graph.Whole("rows_shape", -1, field.RowInputs)], "rows");
    }
}
