using PnnEdge.Training.Coding;
using PnnEdge.Training.Data;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.Training.Tests;

/// <summary>That each number of an experiment's training arrives where it is meant to.</summary>
public sealed class TrainingSettingsTests
{
    private static readonly TaskData Data = TinyTask.Data();

    private static readonly string[] DenseWeights = ["layer0.weight"], Actuators = ["layer0.actuators", "layer1.actuators"], Edges = ["readout.edges"];

    [Theory, InlineData(1), InlineData(3)]
    public async Task A_training_plays_every_shot_as_often_as_it_is_to_be_read(int repeats)
    {
        await using MixingSystem system = TinyTask.System();
        TrainingSettings settings = TinyTask.Settings(2) with { Repeats = repeats };
        PhysicalNetwork network = TinyTask.Network(OutputScale.Same(TinyTask.Plan.Windows, 0, 0.5f), 1);
        await Trained(network, settings, settings.Reading(system));
        Assert.Equal((long)repeats * 2 * network.Shape.PassesPerSample * (Data.Train.Count + Data.Validation.Count), system.Usage.Passes);
    }

    [Theory, InlineData(1), InlineData(4), InlineData(9)]
    public async Task The_noise_of_what_a_training_measures_falls_with_the_root_of_its_repeats(int repeats)
    {
        const double NoiseVolts = 0.1;
        TrainingSettings settings = TinyTask.Settings(1) with { Repeats = repeats };
        await using MixingSystem noisy = TinyTask.System(NoiseVolts), quiet = TinyTask.System(0);
        List<float> measured = await WindowsAsync(noisy), exact = await WindowsAsync(quiet);
        double rms = Math.Sqrt(measured.Zip(exact, (m, e) => Math.Pow(m - e, 2)).Average());

        // A window is the mean of 4 samples; more than 1,000 windows in the first layer tell a spread to 2 % at one sigma.
        Assert.InRange(measured.Count, 1000, int.MaxValue);
        Assert.Equal(measured.Count, exact.Count);
        Assert.InRange(rms * Math.Sqrt(4 * repeats) / NoiseVolts, 0.92, 1.08);

        async Task<List<float>> WindowsAsync(IPhysicalSystem system)
        {
            // The first layer alone: what a second one measures depends on the first one's noise, too.
            List<float> windows = [];
            PhysicalNetwork network = TinyTask.Network(OutputScale.Same(TinyTask.Plan.Windows, 0, 0.5f), 1, layers: 1);
            var pass = new ForwardPass(network, TimeProvider.System);
            await pass.RunAsync(settings.Reading(system), Data.Train.Features, Data.Train.Count, _ => ShotIndex.First(3), CancellationToken.None);
            windows.AddRange(pass.Tapes[0].Windows);
            return windows;
        }
    }

    public static TheoryData<string, string[]> Rates => new() { { "dense", DenseWeights }, { "actuators", Actuators }, { "edges", Edges } };

    [Theory, MemberData(nameof(Rates))]
    public async Task A_rate_moves_its_own_parameters_and_no_others(string rate, string[] own)
    {
        TrainingSettings plain = OneStep with { DenseRate = 1, ActuatorRate = 1, EdgeRate = 1 };
        (PhysicalNetwork network, float[] usual) = await FirstStepAsync(plain);
        (_, float[] half) = await FirstStepAsync(rate switch
        {
            "dense" => plain with { DenseRate = 0.5f },
            "actuators" => plain with { ActuatorRate = 0.5f },
            _ => plain with { EdgeRate = 0.5f },
        });
        (_, float[] none) = await FirstStepAsync(rate switch
        {
            "dense" => plain with { DenseRate = 0 },
            "actuators" => plain with { ActuatorRate = 0 },
            _ => plain with { EdgeRate = 0 },
        });
        foreach (ParameterSegment segment in network.Layout.Segments.Where(segment => segment.Length > 0))
        {
            for (int i = segment.Start; i < segment.Start + segment.Length; i++)
            {
                bool isOwn = own.Contains(segment.Name);
                Assert.Equal(isOwn ? 0.5 * usual[i] : usual[i], half[i], isOwn ? 2e-7 : 0); // parameters of order 1 moved in single precision
                Assert.Equal(isOwn ? 0 : usual[i], none[i]);
            }

            // Adam's first step is about the rate wherever there is a gradient at all.
            Assert.Contains(usual[segment.Start..(segment.Start + segment.Length)], step => Math.Abs(step) > 0.5 * OneStep.LearningRate);
        }
    }

    [Fact]
    public async Task Edges_move_at_a_tenth_of_the_rate_and_all_else_at_the_whole_unless_asked_otherwise()
    {
        (PhysicalNetwork network, float[] usual) = await FirstStepAsync(OneStep);
        (_, float[] whole) = await FirstStepAsync(OneStep with { DenseRate = 1, ActuatorRate = 1, EdgeRate = 1 });
        foreach (ParameterSegment segment in network.Layout.Segments)
        {
            for (int i = segment.Start; i < segment.Start + segment.Length; i++)
            {
                Assert.Equal((Edges.Contains(segment.Name) ? 0.1 : 1) * whole[i], usual[i], 2e-7); // parameters of order 1 moved in single precision
            }
        }
    }

    [Fact]
    public async Task Weight_decay_takes_its_share_of_digital_weights_and_of_nothing_else()
    {
        const float Decay = 0.5f;
        (PhysicalNetwork network, float[] plain) = await FirstStepAsync(OneStep);
        (_, float[] decayed) = await FirstStepAsync(OneStep with { DenseDecay = Decay });
        float[] start = Start().Parameters;
        foreach (ParameterSegment segment in network.Layout.Segments)
        {
            for (int i = segment.Start; i < segment.Start + segment.Length; i++)
            {
                double share = DenseWeights.Contains(segment.Name) ? OneStep.LearningRate * Decay * start[i] : 0;
                Assert.Equal(plain[i] - share, decayed[i], 2e-7); // parameters of order 1 moved in single precision
            }
        }
    }

    /// <summary>All training samples in one step.</summary>
    private static TrainingSettings OneStep => TinyTask.Settings(1) with { BatchShots = Data.Train.Count, Decay = RateDecay.None };

    private static PhysicalNetwork Start()
    {
        // One of everything that has a rate of its own.
        NetworkShape shape = TinyTask.Shape(2) with { Input = InputKind.Dense, TrainEdges = true, ActuatorSpread = 0.2f };
        var network = new PhysicalNetwork(shape, OutputScale.Same(TinyTask.Plan.Windows, 0, 0.5f));
        network.Initialise(5);
        return network;
    }

    /// <returns>[parameter]: how far the first step moved it.</returns>
    private static async Task<(PhysicalNetwork Network, float[] Moved)> FirstStepAsync(TrainingSettings settings)
    {
        PhysicalNetwork network = Start();
        float[] before = [.. network.Parameters];
        await using MixingSystem system = TinyTask.System();
        await Trained(network, settings, system);
        return (network, [.. network.Parameters.Zip(before, (after, at) => after - at)]);
    }

    private static Task Trained(PhysicalNetwork network, TrainingSettings settings, IPhysicalSystem system)
    {
        int inputs = TinyTask.Plan.Slots + 1;
        var twin = new MlpTwin(
            new TwinScale(
                [.. Enumerable.Repeat(0.1f, inputs)], [.. Enumerable.Repeat(0.9f, inputs)],
                [.. Enumerable.Repeat(-0.05f, TinyTask.Plan.Windows)], [.. Enumerable.Repeat(0.5f, TinyTask.Plan.Windows)]),
            [24], seed: 3, actuators: 1);
        return new Trainer(network, system, twin, Data, settings, 3, firstShot: ShotIndex.First(3), TimeProvider.System).RunAsync(null, default);
    }
}
