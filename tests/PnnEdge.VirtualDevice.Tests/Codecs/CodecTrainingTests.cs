using PnnEdge.Physics.Circuit;
using PnnEdge.Training.Alignment;
using PnnEdge.Training.Data;
using PnnEdge.Training.Experiments;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.VirtualDevice.InProcess;

namespace PnnEdge.VirtualDevice.Tests.Codecs;

/// <summary>Training on the codec board's circuit, with the lag that its codecs have and without any.</summary>
public sealed class CodecTrainingTests(ITestOutputHelper output)
{
    private const int Seeds = 3;

    /// <summary>The same unit, noise, data and start values; what is left of the lag is far below the noise, but training amplifies any difference, so it is judged by the spread.</summary>
    [Fact]
    public async Task A_network_trains_through_an_unknown_lag_as_well_as_without_one()
    {
        double[] late = await AccuraciesAsync(lagOf: null), prompt = await AccuraciesAsync(_ => 0);
        output.WriteLine($"with lag {string.Join(", ", late.Select(a => $"{a:P1}"))}; without {string.Join(", ", prompt.Select(a => $"{a:P1}"))}");
        double spread = Math.Sqrt((Variance(late) + Variance(prompt)) / Seeds); // of the difference of two means
        const double OneSample = 1.0 / 49;
        Assert.InRange(late.Average() - prompt.Average(), -(2 * spread) - OneSample, (2 * spread) + OneSample);
        Assert.InRange(late.Average(), 0.5, 1); // seven classes: 0.14 by guessing
    }

    /// <summary>What the test above would miss: a host that took the samples for those of the times they were asked for learns nothing.</summary>
    [Fact]
    public async Task Without_the_alignment_the_same_shot_measures_something_else()
    {
        async Task<float[]> NodeAsync(Func<ulong, double> lagOf)
        {
            await using var raw = System(lagOf);
            float[] volts = new float[raw.Description.StimulusSamples];
            for (int n = 100; n < 300; n++) { volts[2 * n] = 2; }
            return (await raw.RunAsync(new Stimulus(1, 1, volts, []), CancellationToken.None)).Volts;
        }

        float[] a = await NodeAsync(_ => 40), b = await NodeAsync(_ => 140);
        Assert.True(a.Zip(b).Max(pair => Math.Abs(pair.First - pair.Second)) > 1, "100 samples of lag changed nothing");
    }

    private static ExperimentSettings Experiment()
    {
        ExperimentSettings settings = ExperimentCatalog.Get("circuit-codec-generated");
        return settings with
        {
            Network = settings.Network with { Layers = 2 },
            Twin = settings.Twin with { Shots = 400 },
            Training = settings.Training with { Epochs = 8, BatchShots = 8 },
        };
    }

    private static InProcessSystem System(Func<ulong, double>? lagOf) => new(
        VirtualBoards.Codec(1), new CircuitBench(new CircuitBenchOptions { Parameters = CircuitParameters.CodecRate, HasBias = false, Seed = 2, Threads = 1 }),
        VirtualBoards.CodecSampleRateHz, Experiment().Plan().Shot, InjectedFaults.None, TimeProvider.System, lagOf);

    private static async Task<double[]> AccuraciesAsync(Func<ulong, double>? lagOf)
    {
        ExperimentSettings settings = Experiment();
        await using IPhysicalSystem system = AlignedSystem.Over(System(lagOf));
        List<double> accuracies = [];
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            TaskData data = TaskLoader.Load(settings, DataFolder.Resolve(null, "nowhere"), seed); // generated
            TwinFit fit = await TwinFitting.RunAsync(system, settings.Plan(), settings.UsedRange(system.Description), settings.Twin, seed, TimeProvider.System, null, CancellationToken.None);
            var network = new PhysicalNetwork(settings.Shape(data, system.Description), fit.OutputScale);
            network.Initialise(seed);
            ulong first = ShotIndex.First(seed) + (ulong)fit.Shots;
            await NetworkCalibration.RunAsync(network, system, data.Train, first, TimeProvider.System, CancellationToken.None);
            await new Trainer(network, system, fit.Twin, data, settings.Training, seed, first + 10_000, TimeProvider.System).RunAsync(null, CancellationToken.None);
            accuracies.Add((await Evaluation.RunAsync(network, system, data.Test, 64, first + 100_000, TimeProvider.System, CancellationToken.None)).Accuracy);
        }

        return [.. accuracies];
    }

    private static double Variance(double[] values) => values.Sum(value => Math.Pow(value - values.Average(), 2)) / (values.Length - 1);
}
