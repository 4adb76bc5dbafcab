using PnnEdge.Cli.Rendering;
using PnnEdge.Cli.Results;
using PnnEdge.Physics;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Data;
using PnnEdge.Training.Experiments;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;
using PnnEdge.Training.Twins.Noise;

namespace PnnEdge.Cli.Runs;

/// <summary>One method with one seed: from what it measures before its first step to its last test. Every method counts the bench's shots from the seed's first.</summary>
/// <param name="twin">That was fitted for this seed, with what it cost; null when no method asked for one.</param>
internal sealed class CompareMethodRun(
    MethodEntry method, ExperimentSettings settings, CompareSettings compare, TaskData data, IPhysicalSystem system, Func<IPhysicsModel>? equations,
    ulong seed, (ITwin Twin, TwinOutcome Outcome)? twin, Action<ComparePoint> tested, IProgressView view, TimeProvider time)
{
    // Random shots that set the scale of the windows where no twin was fitted to more of them.
    private const int ScaleShots = 300;

    private readonly IPhysicalSystem _reading = settings.Training.Reading(system);
    private readonly MethodTuning _tuning = settings.TuningOf(method.Name);
    private readonly List<ComparePoint> _points = [];
    private long _testPasses;

    private bool InSilico => method.Rig is MethodRig.Twin or MethodRig.NoisyTwin;

    public async Task<MethodCurve> RunAsync(CancellationToken cancellation)
    {
        long start = time.GetTimestamp(), playedBefore = system.Usage.Passes;
        bool fitted = InSilico || method.Rig == MethodRig.SystemAndTwin;
        (ITwin Twin, TwinOutcome Outcome)? known = fitted ? twin : null;
        var played = new ShotCounter(known?.Outcome.NextShot ?? ShotIndex.First(seed));
        long twinPasses = known?.Outcome.Shots ?? 0;
        OutputScale scale = settings.Network.OutputScaling == OutputScaling.None ? OutputScale.None(settings.Shot.Windows)
            : known?.Outcome.OutputScale ?? await ScaleAsync(played, cancellation);

        ITwin? through = method.Rig switch
        {
            MethodRig.System => null,
            MethodRig.SystemAndEquations => SeedRig.Nominal(equations, settings, system.Description, method.Title),
            _ => known?.Twin,
        };
        IPhysicalSystem on = await ForwardAsync(through, played, cancellation);
        var network = new PhysicalNetwork(settings.Shape(data, system.Description), scale);
        network.Initialise(seed);
        ShotCounter counted = InSilico ? new ShotCounter(played.Next) : played; // shots of a twin move no drift
        await NetworkCalibration.RunAsync(network, on, data.Train, counted.Take((long)NetworkCalibration.Shots(network.Shape, data.Train)), time, cancellation);

        TrainingSettings training = _tuning.Applied(settings.Training);
        var run = new BudgetedTraining(
            network, method.Build(new MethodParts(network, on, through, training.Penalty, _tuning, seed, time)), data.Train, training, seed, counted, time);
        long before = twinPasses + system.Usage.Passes - playedBefore, perStep = run.PassesPerStep * training.Repeats;
        int steps = (int)Math.Min(int.MaxValue, Math.Max(0, compare.Passes - before) / perStep);
        int spread = Math.Min(compare.TestSamples, data.Test.Count);
        Dataset some = data.Test.Take(data.Test.Name, [.. Enumerable.Range(0, spread).Select(i => (int)((long)i * data.Test.Count / spread))]);
        await TestAsync(0, before);
        await run.RunAsync(
            steps, compare.Tests, taken => TestAsync(taken, twinPasses + system.Usage.Passes - playedBefore - _testPasses),
            (taken, report) => view.Report(new StageProgress(
                seed, method.Title, Math.Min(taken, steps - 1), steps, FormattableString.Invariant($"loss {report.Loss:F3}, test {100 * _points[^1].Accuracy:F1} %"),
                taken * run.PassesPerStep / Math.Max(time.GetElapsedTime(start).TotalSeconds, 1e-3))),
            cancellation);

        Score last = await ScoreAsync(network, _reading, data.Test, played.Take, cancellation);
        double? claimed = InSilico ? (await ScoreAsync(network, on, data.Test, counted.Take, cancellation)).Accuracy : null;
        view.Report(new StageProgress(seed, method.Title, 1, 1, FormattableString.Invariant($"{steps} steps, test {100 * last.Accuracy:F1} %"), double.NaN));
        return new MethodCurve(
            method.Name, before, InSilico ? 0 : perStep, steps, _points, last.Accuracy, claimed, _testPasses, time.GetElapsedTime(start).TotalSeconds);

        async Task TestAsync(int taken, long passes)
        {
            Score score = await ScoreAsync(network, _reading, some, played.Take, cancellation);
            _points.Add(new ComparePoint(seed, method.Name, taken, passes, score.Accuracy, score.Loss));
            tested(_points[^1]);
        }
    }

    private async Task<Score> ScoreAsync(PhysicalNetwork network, IPhysicalSystem on, Dataset samples, Func<long, ulong> take, CancellationToken cancellation)
    {
        long before = system.Usage.Passes;
        Score score = await Evaluation.RunAsync(
            network, on, samples, Math.Max(settings.Training.BatchShots, 64), take((long)samples.Count * network.Shape.PassesPerSample), time, cancellation);
        _testPasses += system.Usage.Passes - before;
        return score;
    }

    private async Task<IPhysicalSystem> ForwardAsync(ITwin? through, ShotCounter played, CancellationToken cancellation) => method.Rig switch
    {
        MethodRig.Twin => new TwinSystem(through!, settings.Plan(), system.Description),
        MethodRig.NoisyTwin => settings.Training.Reading(new NoisyTwinSystem(
            through!, await SeedRig.NoiseAsync(system, settings, seed, played.Take(SeedRig.NoisePasses), view, cancellation), settings.Plan(), system.Description, seed)),
        _ => _reading,
    };

    private async Task<OutputScale> ScaleAsync(ShotCounter played, CancellationToken cancellation)
    {
        played.Take(ScaleShots); // from the seed's first on, as a twin's
        ShotSet shots = await TwinFitting.PlayAsync(
            system, settings.Plan(), settings.UsedRange(system.Description), ScaleShots, ScaleShots / 10, seed, progress: null, cancellation);
        return OutputScale.Of(shots.AllWindows(), shots.Count);
    }
}
