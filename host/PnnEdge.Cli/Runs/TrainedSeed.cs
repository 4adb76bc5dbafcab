using PnnEdge.Cli.Composition;
using PnnEdge.Training.Data;
using PnnEdge.Training.Experiments;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Methods.Adaptation;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Recordings;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;
using PnnEdge.Training.Twins.Adaptive;
using PnnEdge.Twins.Physics;

namespace PnnEdge.Cli.Runs;

/// <summary>What a finished physics-aware training leaves to those who go on with it.</summary>
internal sealed class TrainedSeed(ExperimentSettings settings, TaskData data, RunFolder folder, SeedState state)
{
    // Often, and from few steps: what is older than that is of another system. So few pairs need a firm ridge (ours; the optical twin's error was 0.07 at 1e-3, 0.05 here).
    // All layers: Adam's steps, batch and rate are the defaults. 50 steps, 32 shots, or half a decade of rate either way moved the twins' errors by 0.01 or so, and
    // accuracies within the seeds' spread (vowels on the circuit, gain −0.2: 0.05, last layer 0.09, old twin 0.68; vowels on shg, another unit: 0.06, 0.05, 0.18).
    private static readonly AdaptiveSettings Refitting = new() { WindowShots = 256, ShotsPerLayer = 16, EverySteps = 1, Ridge = 0.03 };

    public ulong Seed => state.Seed;

    public ExperimentSettings Settings => settings;

    public TaskData Data => data;

    /// <summary>Digital softmax regression's test accuracy, 0 to 1.</summary>
    public double Baseline => state.Baseline!.Value;

    /// <summary>Test accuracy on the bench that it was trained on, 0 to 1.</summary>
    public double Delivered => state.Of(Method.Pat).Delivered!.Value;

    public int TestPasses => data.Test.Count * PassesPerSample;

    public int PassesPerSample => settings.Network.Layers * settings.Network.Branches;

    /// <summary>Samples of one call of a test.</summary>
    public int TestBatch => Math.Max(settings.Training.BatchShots, 64);

    /// <exception cref="InvalidDataException">Its file does not fit.</exception>
    public PhysicalNetwork Network(IPhysicalSystem on) => NetworkFile.Load(folder.ParametersFile(state.Seed, Method.Pat), settings.Shape(data, on.Description));

    /// <summary>A twin of one's own, as it was fitted.</summary>
    public ITwin Twin() => SeedTwin.Load(folder.TwinFile(state.Seed), Benches.EquationsOf(settings.System));

    /// <summary>A twin of one's own, of whatever kind, that follows its system.</summary>
    public AdaptiveTwin AdaptiveTwin(IPhysicalSystem on, RefitScope scope)
    {
        AdaptiveSettings refitting = Refitting with { Scope = scope };
        ITwinRefit refit = Twin() switch
        {
            GreyBoxTwin equations => new GreyBoxRefit(equations, on.Description.MeasurementRange, refitting),
            ITrainableTwin layers => new TrainableRefit(layers, refitting, state.Seed),
            ITwin other => throw new InvalidDataException($"{folder.TwinFile(state.Seed)} holds a twin of a kind that cannot be refitted ({other.GetType().Name})."),
        };
        return new AdaptiveTwin(refit, refitting);
    }

    public ContinuedTraining GoOn(PhysicalNetwork network, IPhysicalSystem system, ITwin twin, TimeProvider time) =>
        new(network, system, twin, data.Train, settings.Training, state.Seed, time);

    /// <summary>As trained: repeated readout where the experiment asks for it.</summary>
    public IPhysicalSystem Reading(IPhysicalSystem bench) => settings.Training.Repeats == 1 ? bench : new RepeatedSystem(bench, settings.Training.Repeats);

    /// <summary>A logical shot after the tests of every method that a run can have.</summary>
    public ulong NextShot =>
        state.Twin!.NextShot + NetworkCalibration.MostShots(settings.Network.Layers, PassesPerSample)
        + Trainer.Shots(PassesPerSample, data, settings.Training) + (ulong)(Enum.GetValues<Method>().Length * TestPasses);
}
