using PnnEdge.Training.Twins;

namespace PnnEdge.Interchange.Onnx;

/// <summary>The ends of a twin's graph, the same for every kind.</summary>
internal static class TwinInputs
{
    /// <returns>Names of the two inputs; the second is null for a twin without actuators.</returns>
    public static (string Slots, string? Actuators) Add(OnnxGraph graph, ITwin twin) => (
        graph.Input(OnnxFile.Slots, twin.Slots, "[batch, slot], V: each slot's volt as it was really applied, in order of time."),
        twin.Actuators > 0 ? graph.Input(OnnxFile.Actuators, twin.Actuators, "[batch, actuator], V: held while the shot is played.") : null);

    public static void AddOutput(OnnxGraph graph, ITwin twin) => graph.Output(OnnxFile.Windows, twin.Outputs, "[batch, window], V: mean of what is measured in each window, in order of time.");
}
