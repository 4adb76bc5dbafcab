using Microsoft.ML.OnnxRuntime;
using PnnEdge.Interchange.Onnx;
using PnnEdge.Training.Twins;

namespace PnnEdge.Interchange.Tests.Onnx;

public sealed class OnnxTests : IDisposable
{
    private static readonly Dictionary<string, string> Notes = new() { ["experiment"] = "made up" };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Kinds => [.. TwinKinds.All.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Onnxruntime_computes_from_the_exported_model_what_the_twin_computes(string kind)
    {
        ITwin twin = TwinKinds.All[kind]();
        using var session = new InferenceSession(OnnxFile.Write(twin, Notes));
        var random = new Random(5);
        foreach (int shots in (int[])[1, 2, 7, 33])
        {
            float[] slots = Volts(random, shots * twin.Slots), actuators = Volts(random, twin.Actuators), ours = new float[shots * twin.Outputs];
            twin.Forward(slots, actuators, shots, ours);
            float[] theirs = Run(session, twin, slots, [.. Enumerable.Range(0, shots).SelectMany(_ => actuators)], shots);

            // Both round at 6e-8 per operation and sum up to 500 products in another order; 1e-6 was seen.
            float tolerance = 1e-5f * ours.Max(MathF.Abs);
            Assert.Equal(ours.Length, theirs.Length);
            for (int i = 0; i < ours.Length; i++) { Assert.InRange(theirs[i] - ours[i], -tolerance, tolerance); }
            Assert.True(ours.Max() - ours.Min() > 100 * tolerance, "the outputs differ by far more than the tolerance");
        }
    }

    [Fact]
    public void Each_shot_of_a_batch_may_have_actuators_of_its_own()
    {
        MlpTwin twin = TwinKinds.Perceptron(actuators: 3);
        using var session = new InferenceSession(OnnxFile.Write(twin, Notes));
        var random = new Random(6);
        float[] slots = Volts(random, 4 * twin.Slots), actuators = Volts(random, 4 * 3), theirs = Run(session, twin, slots, actuators, 4), one = new float[twin.Outputs];
        for (int s = 0; s < 4; s++)
        {
            twin.Forward(slots.AsSpan(s * twin.Slots, twin.Slots), actuators.AsSpan(s * 3, 3), 1, one);
            Assert.Equal(one, theirs[(s * twin.Outputs)..((s + 1) * twin.Outputs)], (a, b) => MathF.Abs(a - b) < 1e-4f); // other actuators move it by more than 0.01
        }
    }

    [Fact]
    public void The_model_says_what_it_is_and_in_which_units()
    {
        using var session = new InferenceSession(OnnxFile.Write(TwinKinds.Perceptron(actuators: 3), Notes));
        ModelMetadata says = session.ModelMetadata;
        Assert.Equal("PnnEdge", says.ProducerName);
        Assert.Equal("twin", says.GraphName);
        Assert.Equal("A perceptron of widths 13-16-9-5 with swish between its layers, for a whole shot.", says.Description);
        Assert.Equal(
            [("experiment", "made up"), ("unit.actuators_volts", "V"), ("unit.slots_volts", "V"), ("unit.windows_volts", "V")],
            says.CustomMetadataMap.OrderBy(note => note.Key, StringComparer.Ordinal).Select(note => (note.Key, note.Value)));
        Assert.Equal([-1, 10], session.InputMetadata["slots_volts"].Dimensions);
        Assert.Equal(["batch", ""], session.InputMetadata["slots_volts"].SymbolicDimensions);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_ONNX_project_s_own_checker_accepts_the_model(string kind)
    {
        ITwin twin = TwinKinds.All[kind]();
        OnnxFile.Save(_folder.File("twin.onnx"), twin, Notes);
        string[] lines = PythonScript.Run("check_onnx.py", _folder.File("twin.onnx"));
        Assert.Equal($"in slots_volts batchx{twin.Slots} [batch, slot], V: each slot's volt as it was really applied, in order of time.", lines[0]);
        Assert.Equal($"out windows_volts batchx{twin.Outputs} [batch, window], V: mean of what is measured in each window, in order of time.", lines[^2]);
        Assert.Equal("opset 17 ir 8 producer PnnEdge", lines[^1]);
    }

    [Fact]
    public void A_twin_of_another_kind_is_refused_in_one_sentence() => Assert.Equal(
        "A BiasedTwin cannot be an ONNX model: perceptrons and causal convolutions can, and a grey box solves its system's equations step by step, which no ONNX operator does.",
        Assert.Throws<ArgumentException>(() => OnnxFile.Write(new BiasedTwin(TwinKinds.Perceptron(0), 0.5), Notes)).Message.Split(" (Parameter")[0]);

    private static float[] Run(InferenceSession session, ITwin twin, float[] slots, float[] actuators, int shots)
    {
        using OrtValue slotVolts = OrtValue.CreateTensorValueFromMemory(slots, [shots, twin.Slots]);
        var inputs = new Dictionary<string, OrtValue> { ["slots_volts"] = slotVolts };
        using OrtValue? held = twin.Actuators == 0 ? null : OrtValue.CreateTensorValueFromMemory(actuators, [shots, twin.Actuators]);
        if (held is not null) { inputs["actuators_volts"] = held; }
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, inputs, ["windows_volts"]);
        Assert.Equal([shots, twin.Outputs], outputs[0].GetTensorTypeAndShape().Shape);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static float[] Volts(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (3 * random.NextSingle()) - 1)];
}
