using PnnEdge.Interchange.PyTorch;
using PnnEdge.Physics.Oscillators;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;
using PnnEdge.Twins.Physics;

namespace PnnEdge.Interchange.Tests.PyTorch;

public sealed class WeightTests : IDisposable
{
    private const int Features = 6;
    private const int Classes = 2;
    private const int Oscillators = Features + Classes;

    private static readonly VoltRange Drive = new(-4, 4);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_twin_with_the_weights_of_an_nn_Sequential_computes_what_PyTorch_computes()
    {
        string path = _folder.File("net.pt");
        string[] lines = PythonScript.Run("write_state_dict.py", "sequential", path, "4-7-5-3");
        MlpTwin twin = Twin(4, 3, [7, 5]);
        SequentialWeights.CopyInto(TensorFile.Load(path), twin);

        float[] rows = [.. Hexadecimal.Numbers(lines[0]).Select(v => (float)v)], y = new float[15];
        twin.ForwardRows(rows, 5, y);

        // Sums of up to 7 products of order 1, each rounded at 6e-8, in another order.
        Assert.Equal(Hexadecimal.Numbers(lines[1]), y.Select(v => (double)v), (a, b) => Math.Abs(a - b) < 2e-6);
    }

    [Fact]
    public void Weights_of_other_shapes_are_refused_with_what_was_found_and_what_is_needed()
    {
        TensorSet tensors = Sequential(("net.0", 7, 4), ("net.2", 3, 7));
        Assert.Equal("theirs: net.0.weight has the shape [7, 4]; [8, 4] is needed.", Refused(Twin(4, 3, [8])));
        Assert.Equal(
            "theirs has 2 numbered weights; this twin of widths 4-7-5-3 takes 3, named as nn.Sequential names its Linear layers (0.weight, 2.weight, 4.weight).",
            Refused(Twin(4, 3, [7, 5])));

        MlpTwin fits = Twin(4, 3, [7]);
        SequentialWeights.CopyInto(tensors, fits);
        Assert.All(fits.Parameters, value => Assert.Equal(0.5f, value));

        string Refused(MlpTwin twin)
        {
            float[] before = [.. twin.Parameters];
            string sentence = Assert.Throws<InvalidDataException>(() => SequentialWeights.CopyInto(tensors, twin)).Message;
            Assert.Equal(before, twin.Parameters);
            return sentence;
        }
    }

    [Fact]
    public void A_twin_given_out_as_tensors_and_taken_in_again_is_the_same_bit_for_bit()
    {
        MlpTwin one = Twin(4, 3, [7, 5]), other = Twin(4, 3, [7, 5], seed: 9);
        SequentialWeights.CopyInto(TwinTensors.Of(one, "ours"), other);
        Assert.Equal(one.Parameters, other.Parameters);
    }

    [Fact]
    public async Task Oscillators_of_the_original_compute_here_what_the_original_s_equations_compute_in_PyTorch()
    {
        string path = _folder.File("oscillators.pt");
        string[] lines = PythonScript.Run("write_state_dict.py", "oscillators", path, $"{Features}", $"{Classes}", "1.0");
        Imported imported = OscillatorWeights.Read(TensorFile.Load(path), Shape(), clamp: false);
        Assert.Equal(0, imported.Clamped);

        float[] images = [.. Hexadecimal.Numbers(lines[0]).Select(v => (float)v)];
        var pass = new ForwardPass(imported.Network, TimeProvider.System);
        await using IPhysicalSystem system = Ideal();
        await pass.RunAsync(system, images, 5, _ => 0, default);
        Assert.Equal(0, pass.Clamped);

        // Single precision against double: units of a range of 8 V round at 5e-7 V, and two layers of five steps add their own; logits are 3.25 times that.
        double[] expected = Hexadecimal.Numbers(lines[1]);
        Assert.Equal(expected, pass.Logits.ToArray().Select(v => (double)v), (a, b) => Math.Abs(a - b) < 2e-5);
        Assert.True(expected.Max() - expected.Min() > 0.3, "the logits differ by far more than the tolerance");
    }

    [Fact]
    public void Couplings_beyond_the_bench_are_refused_or_clamped_and_counted()
    {
        TensorSet tensors = OriginalTensors(coupling: 0.5f, drive: 0.25f);
        float[] strong = [.. Enumerable.Repeat(0.5f, Oscillators * Oscillators)];
        (strong[1], strong[Oscillators]) = (2.5f, 1.5f); // J_01 of the second layer is 2
        (strong[2], strong[2 * Oscillators]) = (-2, -1); // J_02 is -1.5
        strong[0] = 99; // a diagonal acts on nothing
        tensors = Replaced(tensors, "fc2.weight", Tensor.Of(strong, Oscillators, Oscillators));
        Assert.Equal(
            "theirs: 2 couplings and drives lie beyond this bench's reach, the farthest a coupling of 2 V in layer 2, where -1 to 1 V is possible; clamped, each would take the nearest.",
            Assert.Throws<InvalidDataException>(() => OscillatorWeights.Read(tensors, Shape(), clamp: false)).Message);

        Imported imported = OscillatorWeights.Read(tensors, Shape(), clamp: true);
        Assert.Equal(2, imported.Clamped);
        Assert.Equal([1, 0, 0.75f], imported.Network.Layers[1].Actuators.Of(imported.Network.Parameters)[..3].ToArray());
    }

    [Fact]
    public void Oscillators_behind_the_first_layers_rest_uncoupled()
    {
        PhysicalNetwork network = OscillatorWeights.Read(OriginalTensors(coupling: 0.5f, drive: 0.25f), Shape(), clamp: false).Network;
        float[] units = network.Layers[0].Actuators.Of(network.Parameters).ToArray();
        int couplings = Oscillators * (Oscillators - 1) / 2, coupled = Features * (Features - 1) / 2;

        // J of 0.5 in ±1 V is 0.75 of the range, e of 0.25 in ±2 V is 0.5625; 0 is the middle.
        Assert.Equal(coupled, units[..couplings].Count(unit => unit == 0.75f));
        Assert.Equal(couplings - coupled, units[..couplings].Count(unit => unit == 0.5f));
        Assert.Equal([.. Enumerable.Repeat(0.5625f, Features), .. Enumerable.Repeat(0.5f, Classes)], units[couplings..]);
    }

    [Fact]
    public void An_experiment_with_another_network_is_refused()
    {
        Assert.Contains("the experiment's network is another, and oscillators-mnist is one that takes them.",
            Assert.Throws<InvalidDataException>(() => OscillatorWeights.Read(OriginalTensors(0, 0), Shape() with { KeepVolts = false }, clamp: false)).Message, StringComparison.Ordinal);
        Assert.Equal("theirs: fc1.weight has the shape [6, 6]; [5, 5] is needed.",
            Assert.Throws<InvalidDataException>(() => OscillatorWeights.Read(OriginalTensors(0, 0), Shape() with { Features = 5, Plan = Plan(7), ClassSlots = 2, Actuators = Ports(7) }, clamp: false)).Message);
    }

    [Fact]
    public void A_network_given_out_as_tensors_and_taken_in_again_is_the_same_bit_for_bit()
    {
        PhysicalNetwork network = new(Shape(), new OutputScale([.. Enumerable.Range(0, 8).Select(i => i / 8f)], [.. Enumerable.Repeat(0.5f, 8)]));
        network.Initialise(3);
        string path = _folder.File("parameters.npz");
        Training.Recordings.NetworkFile.Save(path, network);
        TensorSet tensors = ArchiveTensors.Of(Training.Recordings.NpzArchive.Load(path), path);
        Assert.True(NetworkTensors.AreIn(tensors));
        PhysicalNetwork again = NetworkTensors.Read(tensors, Shape());
        Assert.Equal(network.Parameters, again.Parameters);
        Assert.Equal(network.Scale.MeanVolts, again.Scale.MeanVolts);
        Assert.Equal(
            $"{path}: layer0.actuators has the shape [36]; [28] is needed.",
            Assert.Throws<InvalidDataException>(() => NetworkTensors.Read(tensors, Shape() with { Actuators = [Ports(Oscillators)[0]] })).Message);
    }

    private static MlpTwin Twin(int inputs, int outputs, int[] hidden, ulong seed = 1) => new(
        new TwinScale(new float[inputs], [.. Enumerable.Repeat(1f, inputs)], new float[outputs], [.. Enumerable.Repeat(1f, outputs)]), hidden, seed, actuators: 0);

    private static TensorSet Sequential(params (string Name, int Out, int In)[] layers)
    {
        var tensors = new TensorSet("theirs");
        foreach ((string name, int rows, int columns) in layers)
        {
            tensors.Add($"{name}.weight", Tensor.Of(Filled(rows * columns, 0.5f), rows, columns));
            tensors.Add($"{name}.bias", Tensor.Of(Filled(rows, 0.5f)));
        }

        return tensors;
    }

    private static TensorSet OriginalTensors(float coupling, float drive)
    {
        var tensors = new TensorSet("theirs");
        foreach ((int layer, int n) in ((int, int)[])[(1, Features), (2, Oscillators)])
        {
            tensors.Add($"fc{layer}.weight", Tensor.Of(Filled(n * n, coupling), n, n));
            tensors.Add($"fc{layer}.bias", Tensor.Of(Filled(n, drive)));
        }

        tensors.Add("output_fac", new Tensor(ElementType.F32, [], BitConverter.GetBytes(2f)));
        return tensors;
    }

    private static TensorSet Replaced(TensorSet tensors, string name, Tensor by)
    {
        var others = new TensorSet(tensors.Source);
        foreach ((string key, Tensor tensor) in tensors.All) { others.Add(key, key == name ? by : tensor); }
        return others;
    }

    private static float[] Filled(int count, float value) => [.. Enumerable.Repeat(value, count)];

    private static SlotPlan Plan(int oscillators) => new(oscillators, 0, 1, oscillators, readSamples: oscillators);

    private static ActuatorPort[] Ports(int oscillators) =>
        [new("coupling", new VoltRange(-1, 1), oscillators * (oscillators - 1) / 2), new("drive", new VoltRange(-2, 2), oscillators)];

    private static NetworkShape Shape() => new NetworkShape(2, Features, Classes, Plan(Oscillators), Drive, Ports(Oscillators), SlotOrder.Kept, 1, TrainSkip: false, LogitSharpness: 1)
    {
        ClassSlots = Classes,
        KeepVolts = true,
    }.Checked();

    private static TwinSystem Ideal()
    {
        SlotPlan plan = Plan(Oscillators);
        var model = new OscillatorModel(OscillatorParameters.Nominal with { Count = Oscillators }, threads: 1);
        var bench = new SystemDescription("oscillators#1", true, plan.Shot.StimulusSamples, plan.Shot.MeasurementSamples, 1e6, Drive, 0, new VoltRange(-8, 8), Ports(Oscillators));
        return new TwinSystem(new GreyBoxTwin(model, plan, restVolts: 0), plan, bench);
    }
}
