using PnnEdge.Firmware.Core;
using PnnEdge.Link.Deployment;
using PnnEdge.Link.Devices;
using PnnEdge.Link.Session;
using PnnEdge.Link.Tests.Support;
using PnnEdge.Link.Transport;
using PnnEdge.Numerics.Chance;
using PnnEdge.Physics;
using PnnEdge.Physics.Circuit;
using PnnEdge.Physics.Oscillators;
using PnnEdge.Physics.SecondHarmonic;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.VirtualDevice.InProcess;

namespace PnnEdge.Link.Tests.Deployment;

/// <summary>
/// Networks with numbers at random, compiled and run by the real firmware core, beside the host's own pass through a bench of its own: the
/// same shots, noise and all. One rounding in another place would sooner or later show in a code, and a code in the scores.
/// </summary>
public class SameAnswerTests
{
    private const int Samples = 60;
    private const ulong FirstShot = (3UL << 40) + 1234;

    /// <summary>Every kind of part that a program has, on three systems.</summary>
    public static TheoryData<string, bool> Networks => new(
        from name in new[] { "circuit", "circuit-branches", "circuit-repeats", "shg", "oscillators" } from noise in new[] { false, true } select (name, noise));

    [Theory]
    [MemberData(nameof(Networks))]
    public async Task The_device_s_scores_are_the_host_s_bit_for_bit(string name, bool noise)
    {
        (float[][] host, int[] classes) = await OnTheHostAsync(name, noise);
        InferAnswer[] device = await OnTheDeviceAsync(name, noise);
        for (int i = 0; i < Samples; i++)
        {
            Assert.Equal(host[i], device[i].Scores);
            Assert.Equal(classes[i], device[i].Class);
            Assert.Equal(Softmax(host[i]), device[i].Confidence, 1e-6); // float32's last digits, from exp in double
        }

        // Numbers at random must tell samples apart, or equal answers would say nothing.
        Assert.True(classes.Distinct().Count() > 1, "All samples are of one class.");
        Assert.True(device.Sum(answer => answer.Clamped) > 0 || name == "oscillators", "Nothing was ever clamped.");
    }

    [Fact]
    public async Task Through_a_dense_readout_the_class_is_the_host_s_and_the_scores_to_float32_s_last_digits()
    {
        (float[][] host, int[] classes) = await OnTheHostAsync("circuit-dense", noise: true);
        InferAnswer[] device = await OnTheDeviceAsync("circuit-dense", noise: true);
        Assert.Equal(classes, device.Select(answer => answer.Class));

        // The host's matrix product sums 12 terms in float32 and in another order: 12 × 2⁻²⁴ of scores below 10.
        Assert.All(host.Zip(device), pair => Assert.All(pair.First.Zip(pair.Second.Scores), score => Assert.Equal(score.First, score.Second, 1e-5)));
    }

    [Fact]
    public void Digital_weights_before_the_first_layer_are_refused_in_one_sentence()
    {
        (_, NetworkShape shape, _) = Case("circuit");
        var network = new PhysicalNetwork(shape with { Input = InputKind.Dense }, OutputScale.None(shape.Plan.Windows));
        PhysicalSystemException refusal = Assert.Throws<PhysicalSystemException>(() => ProgramCompiler.Compile(network, Target("circuit", noise: false), Options("circuit")));
        Assert.Equal("This network has 144 digital weights before its first layer; a program plays one feature a slot and has none.", refusal.Message);
    }

    private static async Task<(float[][] Scores, int[] Classes)> OnTheHostAsync(string name, bool noise)
    {
        PhysicalNetwork network = await NetworkAsync(name);
        ForwardPass pass = await PassAsync(name, network, noise);
        int classes = network.Shape.Classes;
        float[][] scores = [.. Enumerable.Range(0, Samples).Select(i => pass.Logits.Slice(i * classes, classes).ToArray())];
        return (scores, [.. scores.Select(row => Array.IndexOf(row, row.Max()))]);
    }

    private static async Task<ForwardPass> PassAsync(string name, PhysicalNetwork network, bool noise)
    {
        (Board board, NetworkShape shape, int repeats) = Case(name);
        await using InProcessSystem bench = new(board, Bench(name, noise), 1e6, shape.Plan.Shot, InjectedFaults.None, TimeProvider.System);
        IPhysicalSystem system = repeats == 1 ? bench : new RepeatedSystem(bench, repeats);
        var pass = new ForwardPass(network, TimeProvider.System);
        await pass.RunAsync(
            system, Features(shape), Samples, layer => FirstShot + ((ulong)layer * Samples * (ulong)shape.Branches), CancellationToken.None);
        return pass;
    }

    private static async Task<InferAnswer[]> OnTheDeviceAsync(string name, bool noise)
    {
        (Board board, NetworkShape shape, _) = Case(name);
        DirectDevice device = new(board, Bench(name, noise), 1e6, DirectDevice.Key);
        await using DeviceDesk desk = DeviceDesk.Open(device, new DeviceAddress("lab", name), TimeProvider.System, new Random(1));
        ProgramDesk programs = new(desk, TimeSpan.FromSeconds(5));
        SealedProgram program = SealedProgram.Seal(ProgramCompiler.Compile(await NetworkAsync(name), Target(name, noise), Options(name)), DirectDevice.Key);
        await programs.DeployAsync(program, CancellationToken.None);
        float[] features = Features(shape);
        List<InferAnswer> answers = [];
        for (int i = 0; i < Samples; i++) { answers.Add(await programs.InferAsync(features[(i * shape.Features)..((i + 1) * shape.Features)], CancellationToken.None)); }
        Assert.All(answers, answer => Assert.Equal(program.Version, answer.ProgramVersion));
        return [.. answers];
    }

    private static DeploymentTarget Target(string name, bool noise)
    {
        (Board board, NetworkShape shape, _) = Case(name);
        DirectDevice device = new(board, Bench(name, noise), 1e6, DirectDevice.Key);
        return DeploymentTarget.Of(name, Hello(device, name), new RunShape(1e6, shape.Plan.Shot));
    }

    private static Wire.Messages.BirthCertificate Hello(DirectDevice device, string name)
    {
        DeviceDesk desk = DeviceDesk.Open(device, new DeviceAddress("lab", name), TimeProvider.System, new Random(2));
        return desk.IdentifyAsync(TimeSpan.FromSeconds(5), CancellationToken.None).GetAwaiter().GetResult().Hello;
    }

    private static ProgramOptions Options(string name)
    {
        (_, NetworkShape shape, int repeats) = Case(name);
        return ProgramOptions.AsEvaluated(repeats, FirstShot, Samples, shape.Branches);
    }

    private static (Board Board, NetworkShape Shape, int Repeats) Case(string name)
    {
        VoltRange circuit = new(-2.5f, 3f);
        ActuatorPort[] bias = [new("bias", new VoltRange(-1, 1))];
        NetworkShape plain = new(3, 12, 3, new SlotPlan(12, 10, 4, 12, delaySamples: 3), circuit, bias, SlotOrder.Reversed, 7, TrainSkip: true, LogitSharpness: 4);
        ActuatorPort[] couplings = [new("coupling", new VoltRange(-1, 1), 120), new("drive", new VoltRange(-2, 2), 16)];
        NetworkShape rows = new(2, 6, 4, new SlotPlan(16, 0, 1, 16, readSamples: 16), new VoltRange(-3, 3), couplings, SlotOrder.Kept, 7, TrainSkip: false, LogitSharpness: 4);
        return name switch
        {
            "circuit" => (VirtualBoards.Circuit(3), plain with { TrainEdges = true }, 1),
            "circuit-dense" => (VirtualBoards.Circuit(3), plain with { Readout = ReadoutKind.Dense }, 1),
            "circuit-branches" => (VirtualBoards.Circuit(3), (plain with { Order = SlotOrder.Shuffled, TrainSkip = false }) with { Branches = 3, Rescale = RescaleKind.Element, Features = 20 }, 1),
            "circuit-repeats" => (VirtualBoards.Circuit(3), plain, 3),
            "shg" => (VirtualBoards.SecondHarmonic(3), new NetworkShape(3, 12, 7, new SlotPlan(50, 50, 1, 50, readSamples: 50), new VoltRange(0, 1), [], SlotOrder.Adjacent, 7, TrainSkip: true, LogitSharpness: 4), 1),
            _ => (VirtualBoards.Oscillators(3, 16), rows with { ClassSlots = 5 }, 1),
        };
    }

    private static IBenchPhysics Bench(string name, bool noise) => name switch
    {
        "shg" => new SecondHarmonicBench(new SecondHarmonicBenchOptions { Serial = 3, Seed = 9, Noise = noise ? new SecondHarmonicBenchOptions().Noise : SecondHarmonicNoise.None }),
        "oscillators" => new OscillatorBench(new OscillatorBenchOptions { Parameters = new() { Count = 16 }, Serial = 3, Seed = 9, Threads = 1, Noise = noise ? new OscillatorBenchOptions().Noise : OscillatorNoise.None }),
        _ => new CircuitBench(new CircuitBenchOptions { Serial = 3, Seed = 9, Noise = noise ? new CircuitBenchOptions().Noise : CircuitNoise.None }),
    };

    /// <summary>Numbers at random, beyond every range now and then; classes that tell these samples apart.</summary>
    private static async Task<PhysicalNetwork> NetworkAsync(string name)
    {
        (_, NetworkShape shape, _) = Case(name);
        var random = new SeededRandom(11, stream: 5);
        float[] Of(float low, float high) => [.. Enumerable.Range(0, shape.Plan.Windows).Select(_ => low + ((high - low) * random.NextSingle()))];
        var network = new PhysicalNetwork(shape, new OutputScale(Of(0.1f, 0.4f), Of(0.2f, 0.9f)));
        network.Initialise(5);
        for (int i = 0; i < network.Parameters.Length; i++) { network.Parameters[i] += 0.3f * (random.NextSingle() - 0.5f); }
        network.StandardiseReadout((await PassAsync(name, network, noise: false)).Carried, Samples);
        return network;
    }

    private static float[] Features(NetworkShape shape)
    {
        var random = new SeededRandom(12, stream: 6);
        return [.. Enumerable.Range(0, Samples * shape.Features).Select(_ => random.NextSingle())];
    }

    private static double Softmax(float[] scores) => 1 / scores.Sum(score => Math.Exp((double)score - scores.Max()));
}
