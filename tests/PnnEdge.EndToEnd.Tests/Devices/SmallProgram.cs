using PnnEdge.Link.Deployment;
using PnnEdge.Link.Devices;
using PnnEdge.Link.Session;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;

namespace PnnEdge.EndToEnd.Tests.Devices;

/// <summary>A network with numbers at random, on a device by itself and, layer by layer, by the host through the same device.</summary>
internal sealed class SmallProgram(TestedDevice device)
{
    private const int Layers = 2;
    private const int Slots = 12;
    private const int Classes = 3;
    private const int Samples = 12;

    /// <summary>Of the host's passes and of the questions to the device: a real bench has noise, and an interpreter may share its processor.</summary>
    private const int Rounds = 3;

    /// <summary>
    /// Windows come so much later than slots, and a shot ends with as much rest: the RC bench that firmware/README.md tells of (8 ms, read every 4 ms) has
    /// forgotten the shot before when the first window begins, whoever played that.
    /// </summary>
    private const int ForgettingSamples = 6;

    private readonly SlotPlan _plan = new(Slots, Slots, 1, Slots, delaySamples: ForgettingSamples);

    /// <summary>Deploys, asks, plays, and compares.</summary>
    /// <returns>What was compared.</returns>
    public async Task<string> CompareAsync(CancellationToken cancellation)
    {
        RunShape run = new(device.SampleRateHz, _plan.Shot);
        DeploymentTarget target = DeploymentTarget.Of($"{device.Address}", device.Hello, run);
        PhysicalNetwork network = Network(target.Description);
        var random = new Random(9);
        float[] features = [.. Enumerable.Range(0, Samples * Slots).Select(_ => random.NextSingle())];
        float[][] host;
        await using (WirePhysicalSystem system = await WirePhysicalSystem.ConnectAsync(
            device.Broker, device.Address, run, new SessionOptions { LeaseMillis = device.LeaseMillis }, TimeProvider.System, TestedDevice.Chance(), cancellation))
        {
            host = await OnTheHostAsync(network, system, features, cancellation);
        }

        InferAnswer[][] answers = await OnTheDeviceAsync(SealedProgram.Seal(ProgramCompiler.Compile(network, target, Shots), device.Key!), features, cancellation);
        return Judge(host, answers);
    }

    /// <summary>The same shots as the host's: a simulated bench then has the same noise.</summary>
    private static ProgramOptions Shots => ProgramOptions.AsEvaluated(repeats: 1, firstShot: 0, Samples, branches: 1);

    private PhysicalNetwork Network(SystemDescription description)
    {
        VoltRange all = description.StimulusRange, read = description.MeasurementRange;
        float margin = 0.1f * (all.MaxVolts - all.MinVolts), width = read.MaxVolts - read.MinVolts;
        NetworkShape shape = new(
            Layers, Slots, Classes, _plan, new VoltRange(all.MinVolts + margin, all.MaxVolts - margin), description.Actuators, SlotOrder.Shuffled, 1, TrainSkip: true, LogitSharpness: 4);
        var network = new PhysicalNetwork(shape, OutputScale.Same(_plan.Windows, read.MinVolts + (width / 2), width / 8));
        network.Initialise(3);
        return network;
    }

    /// <returns>[round][sample, class], logits.</returns>
    private static async Task<float[][]> OnTheHostAsync(PhysicalNetwork network, IPhysicalSystem system, float[] features, CancellationToken cancellation)
    {
        var pass = new ForwardPass(network, TimeProvider.System);
        await pass.RunAsync(system, features, Samples, Shots.FirstShot, cancellation);
        network.StandardiseReadout(pass.Carried, Samples); // so that the bench's own numbers tell these samples apart
        float[][] logits = new float[Rounds][];
        for (int round = 0; round < Rounds; round++)
        {
            await pass.RunAsync(system, features, Samples, Shots.FirstShot, cancellation);
            logits[round] = pass.Logits.ToArray();
        }

        return logits;
    }

    /// <returns>[round][sample].</returns>
    private async Task<InferAnswer[][]> OnTheDeviceAsync(SealedProgram program, float[] features, CancellationToken cancellation)
    {
        await using DeviceDesk desk = device.OpenDesk();
        var programs = new ProgramDesk(desk, TestedDevice.Limit);
        await programs.DeployAsync(program, cancellation);
        List<InferAnswer> answers = [];
        for (int i = 0; i < Rounds * Samples; i++) { answers.Add(await programs.InferAsync(features.Chunk(Slots).ElementAt(i % Samples), cancellation)); }
        Assert.All(answers, answer => Assert.Equal(program.Version, answer.ProgramVersion));
        return [.. answers.Chunk(Samples)];
    }

    /// <summary>
    /// A sample counts when the host's passes leave no doubt: its best score leads by more than twice what the passes differ by (three of noise s differ by some
    /// 2 s, a lead has 1.4 s: three times its noise), and by a hundredth of all scores' spread, which is about what one code of an 8-bit output does. Of
    /// the device's answers to it most must be right.
    /// </summary>
    private static string Judge(float[][] host, InferAnswer[][] answers)
    {
        float floor = (host[0].Max() - host[0].Min()) / 100;
        (int Class, bool IsClear)[] expected = [.. Enumerable.Range(0, Samples).Select(sample => Read([.. host.Select(round => round[(sample * Classes)..((sample + 1) * Classes)])], floor))];
        int[] clear = [.. Enumerable.Range(0, Samples).Where(sample => expected[sample].IsClear)];
        Assert.True(clear.Length >= Samples / 3, $"Only {clear.Length} of {Samples} samples are clear: the bench's noise is too large for this network.");
        Assert.True(clear.Select(sample => expected[sample].Class).Distinct().Count() > 1, "All clear samples are of one class: equal answers would say nothing.");
        int Right(int sample) => answers.Count(round => round[sample].Class == expected[sample].Class);
        Assert.All(clear, sample => Assert.True(Right(sample) > Rounds / 2, $"The host's class is {expected[sample].Class}; the device says {string.Join(", ", answers.Select(round => round[sample].Class))}."));
        int bits = host[0].Zip(answers[0].SelectMany(answer => answer.Scores)).Count(pair => pair.First == pair.Second);
        return $"{clear.Length} of {Samples} samples clear, {clear.Sum(Right)} of {Rounds * clear.Length} answers to them of the host's class; {bits} of {host[0].Length} scores bit for bit; {answers[0][0].RunMicros / 1000.0:0.00} ms an answer.";
    }

    /// <param name="rounds">[round][class], of one sample.</param>
    private static (int Class, bool IsClear) Read(float[][] rounds, float floor)
    {
        float apart = Enumerable.Range(0, Classes).Max(c => rounds.Max(scores => scores[c]) - rounds.Min(scores => scores[c]));
        float lead = rounds.Min(scores => scores.Max() - scores.Order().ElementAt(Classes - 2));
        int[] classes = [.. rounds.Select(scores => Array.IndexOf(scores, scores.Max())).Distinct()];
        return (classes[0], classes.Length == 1 && lead > Math.Max(2 * apart, floor));
    }
}
