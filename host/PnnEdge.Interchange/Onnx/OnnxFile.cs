using System.Reflection;
using PnnEdge.Training.Twins;
using PnnEdge.Training.Twins.Convolution;

namespace PnnEdge.Interchange.Onnx;

/// <summary>A twin as an ONNX model: volts in, volts out, its scales inside.</summary>
/// <remarks>
/// Inputs <c>slots_volts</c> [batch, slot] and, where the twin has actuators, <c>actuators_volts</c> [batch, actuator]; output
/// <c>windows_volts</c> [batch, window]. ModelProto's field numbers: onnx/onnx.proto of github.com/onnx/onnx.
/// </remarks>
public static class OnnxFile
{
    /// <summary>Of the default operator set; every runtime since mid-2022 has it.</summary>
    public const int OperatorSet = 17;

    // The format's version that came with operator set 17 (onnx/docs/Versioning.md).
    private const int FormatVersion = 8;

    internal const string Slots = "slots_volts";
    internal const string Actuators = "actuators_volts";
    internal const string Windows = "windows_volts";

    /// <summary>Written beside, then moved into place.</summary>
    /// <param name="notes">Free text, such as which experiment it belongs to; units are added.</param>
    /// <exception cref="ArgumentException">One sentence: a twin of another kind.</exception>
    public static void Save(string path, ITwin twin, IReadOnlyDictionary<string, string> notes) => WholeFile.Write(path, Write(twin, notes));

    /// <inheritdoc cref="Save"/>
    public static byte[] Write(ITwin twin, IReadOnlyDictionary<string, string> notes)
    {
        var graph = new OnnxGraph();
        string about = twin switch
        {
            MlpTwin perceptron => PerceptronGraph.Add(graph, perceptron),
            ConvolutionTwin convolution => ConvolutionGraph.Add(graph, convolution),
            _ => throw new ArgumentException(
                $"A {twin.GetType().Name} cannot be an ONNX model: perceptrons and causal convolutions can, and a grey box solves its system's equations step by step, which no ONNX operator does.", nameof(twin)),
        };
        graph.Describe("twin", about);

        string version = typeof(OnnxFile).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        ProtoMessage model = new ProtoMessage().Whole(1, FormatVersion).Text(2, "PnnEdge").Text(3, version).Text(6, about)
            .Message(7, graph.ToMessage()).Message(8, new ProtoMessage().Text(1, "").Whole(2, OperatorSet));
        foreach ((string key, string text) in notes.Concat(Units(twin)).OrderBy(note => note.Key, StringComparer.Ordinal))
        {
            model.Message(14, new ProtoMessage().Text(1, key).Text(2, text));
        }

        return model.ToArray();
    }

    private static IEnumerable<KeyValuePair<string, string>> Units(ITwin twin) =>
        ((string[])[Slots, .. (twin.Actuators > 0 ? (string[])[Actuators] : []), Windows]).Select(name => new KeyValuePair<string, string>($"unit.{name}", "V"));
}
