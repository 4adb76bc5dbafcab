using System.Runtime.InteropServices;

namespace PnnEdge.Interchange.Onnx;

/// <summary>A graph of operators that grows node by node; every value has a name, and its first axis is the batch.</summary>
/// <remarks>Field numbers of GraphProto, NodeProto, AttributeProto, TensorProto, ValueInfoProto and TypeProto: onnx/onnx.proto of github.com/onnx/onnx.</remarks>
internal sealed class OnnxGraph
{
    private const int FloatType = 1; // TensorProto.DataType.FLOAT
    private const int Int64Type = 7; // TensorProto.DataType.INT64

    private readonly ProtoMessage _graph = new();
    private int _nodes;

    public void Describe(string name, string about) => _graph.Text(2, name).Text(10, about);

    /// <param name="length">Of the axis behind the batch.</param> <param name="about">Shape and unit.</param>
    public string Input(string name, int length, string about)
    {
        _graph.Message(11, Value(name, length, about));
        return name;
    }

    public void Output(string name, int length, string about) => _graph.Message(12, Value(name, length, about));

    /// <summary>A constant, as an initializer.</summary>
    public string Constant(string name, ReadOnlySpan<float> values, params ReadOnlySpan<int> shape) => Initializer(name, FloatType, MemoryMarshal.AsBytes(values), shape);

    public string Whole(string name, params ReadOnlySpan<long> values) => Initializer(name, Int64Type, MemoryMarshal.AsBytes(values), values.Length);

    /// <param name="indices">Row by row.</param>
    public string Table(string name, ReadOnlySpan<long> indices, int rows) => Initializer(name, Int64Type, MemoryMarshal.AsBytes(indices), rows, indices.Length / rows);

    /// <returns>The name of the result.</returns>
    public string Node(string operation, string[] inputs, string result, params OnnxAttribute[] attributes)
    {
        var node = new ProtoMessage();
        foreach (string input in inputs) { node.Text(1, input); }
        node.Text(2, result).Text(3, $"{_nodes++}_{operation}").Text(4, operation);
        foreach (OnnxAttribute attribute in attributes) { node.Message(5, attribute.ToMessage()); }
        _graph.Message(1, node);
        return result;
    }

    public ProtoMessage ToMessage() => _graph;

    private string Initializer(string name, int type, ReadOnlySpan<byte> raw, params ReadOnlySpan<int> shape)
    {
        var tensor = new ProtoMessage();
        foreach (int n in shape) { tensor.Whole(1, n); }
        _graph.Message(5, tensor.Whole(2, type).Text(8, name).Bytes(9, raw));
        return name;
    }

    private static ProtoMessage Value(string name, int length, string about)
    {
        ProtoMessage shape = new ProtoMessage().Message(1, new ProtoMessage().Text(2, "batch")).Message(1, new ProtoMessage().Whole(1, length));
        ProtoMessage tensor = new ProtoMessage().Whole(1, FloatType).Message(2, shape);
        return new ProtoMessage().Text(1, name).Message(2, new ProtoMessage().Message(1, tensor)).Text(3, about);
    }
}

/// <summary>A node's attribute: one whole number, several, or a text.</summary>
internal readonly record struct OnnxAttribute(string Name, long[] Wholes, bool IsList, string? Text)
{
    public static OnnxAttribute Of(string name, long value) => new(name, [value], IsList: false, null);

    public static OnnxAttribute List(string name, params long[] values) => new(name, values, IsList: true, null);

    public static OnnxAttribute Of(string name, string text) => new(name, [], IsList: false, text);

    /// <summary>AttributeProto: name 1, i 3, s 4, ints 8, type 20 (INT 2, STRING 3, INTS 7).</summary>
    public ProtoMessage ToMessage()
    {
        ProtoMessage attribute = new ProtoMessage().Text(1, Name);
        if (Text is not null) { return attribute.Text(4, Text).Whole(20, 3); }
        if (!IsList) { return attribute.Whole(3, Wholes[0]).Whole(20, 2); }
        foreach (long value in Wholes) { attribute.Whole(8, value); }
        return attribute.Whole(20, 7);
    }
}
