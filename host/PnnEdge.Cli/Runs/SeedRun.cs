using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Rendering;
using PnnEdge.Interchange.TensorBoard;
using PnnEdge.Physics;
using PnnEdge.Training.Baselines;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Data;
using PnnEdge.Training.Experiments;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Recordings;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;
using PnnEdge.Training.Twins.Noise;
using PnnEdge.Twins.Physics;

namespace PnnEdge.Cli.Runs;

/// <summary>One seed from the first random shot to the last test sample; every part that its state already has is skipped.</summary>
/// <param name="system">The bench; metered for this seed alone.</param>
/// <param name="truth">The same bench without noise and drift, or null.</param>
/// <param name="equations">The system's nominal equations, for grey boxes and ideal backpropagation; null where there are none.</param>
/// <param name="twinBias">The fault of that name, 1; 0 for a twin as fitted.</param>
/// <param name="fromStart">Whether networks begin from the folder's start parameters.</param>
/// <param name="board">The run's folder for TensorBoard; null for none.</param>
internal sealed class SeedRun(
    ExperimentSettings settings, TaskData data, MeteredSystem system, IPhysicalSystem? truth, Func<IPhysicsModel>? equations, double twinBias,
    RunFolder folder, SeedState state, IProgressView view, TimeProvider time, bool fromStart, string? board)
{
    // Behind every shot that a seed's twin, training and tests could play: no noise is seen twice.
    private const ulong BehindAll = 1UL << 39;

    private readonly SeedClock _clock = new(time);
    private readonly SystemUsage _usedBefore = system.Usage;
    private readonly Tally _talliedBefore = state.Tally;

    public async Task RunAsync(IReadOnlyList<Method> methods, CancellationToken cancellation)
    {
        if (state.HasFinished(methods)) { return; }
        try
        {
            ITwin twin = await new SeedTwin(settings, system, truth, equations, twinBias, folder, state, _clock, view, time).FitAsync(Keep, cancellation);
            foreach (Method method in methods) { await RunAsync(method, twin, cancellation); }
            view.Report(new StageProgress(state.Seed, "digital baseline", 0, 1, string.Empty, double.NaN));
            state.Baseline ??= SoftmaxRegression.Run(data, settings.Baseline.Steps, cancellation).TestAccuracy;
            view.Report(new StageProgress(state.Seed, "digital baseline", 1, 1, $"test {state.Baseline:P1}", double.NaN));
        }
        finally
        {
            // Interrupted or failed, what is there is kept.
            Keep();
        }
    }

    private async Task RunAsync(Method method, ITwin twin, CancellationToken cancellation)
    {
        MethodState of = state.Of(method);
        if (of.Finished) { return; }
        (IPhysicalSystem on, ITwin through) = await RigAsync(method, twin, cancellation);
        (PhysicalNetwork network, ulong next) = await TrainAsync(method, on, through, of, cancellation);
        NetworkFile.Save(folder.ParametersFile(state.Seed, method), network);

        // All methods are tested one after the other, right behind a training's last shot.
        ulong test = next + ((ulong)method * (ulong)data.Test.Count * (ulong)network.Shape.PassesPerSample);
        if (method != Method.Pat) { of.Claimed ??= await TestAsync($"{Methods.StageOf(method)}: claims", network, on, test, cancellation); }
        of.Delivered ??= method == Method.Clamp
            ? of.Claimed // there is nothing to deploy on
            : await TestAsync($"{Methods.StageOf(method)}: delivers", network, settings.Training.Reading(system), test, cancellation);
    }

    /// <summary>What a method runs forward through, and what it goes back through.</summary>
    private async Task<(IPhysicalSystem Forward, ITwin Backward)> RigAsync(Method method, ITwin twin, CancellationToken cancellation)
    {
        switch (method)
        {
            case Method.Pat:
                return (settings.Training.Reading(system), twin);
            case Method.InSilico:
                return (new TwinSystem(twin, settings.Plan(), system.Description), twin);
            case Method.NoiseAware:
                return (settings.Training.Reading(new NoisyTwinSystem(twin, await SeedRig.NoiseAsync(system, settings, state.Seed, ShotIndex.First(state.Seed) + BehindAll, view, cancellation), settings.Plan(), system.Description, state.Seed)), twin);
            case Method.Ideal:
                GreyBoxTwin ideal = SeedRig.Nominal(equations, settings, system.Description, "Ideal backpropagation");
                return (new TwinSystem(ideal, settings.Plan(), system.Description), ideal);
            case Method.Clamp:
                var wire = new ClampTwin(settings.Plan(), system.Description.ActuatorCount);
                return (new TwinSystem(wire, settings.Plan(), system.Description), wire);
            default:
                throw new ArgumentOutOfRangeException(nameof(method), method, "There is no such method.");
        }
    }

    private async Task<(PhysicalNetwork Network, ulong NextShot)> TrainAsync(
        Method method, IPhysicalSystem on, ITwin twin, MethodState of, CancellationToken cancellation)
    {
        PhysicalNetwork network = NetworkOf(method);
        ulong first = state.Twin!.NextShot, firstTraining = first + NetworkCalibration.Shots(network.Shape, data.Train);
        if (of.Training is null && !BeginsFromFile(method)) { await NetworkCalibration.RunAsync(network, on, data.Train, first, time, cancellation); }
        var trainer = new Trainer(network, on, twin, data, settings.Training, state.Seed, firstTraining, time);
        if (of.Training is not null) { trainer.Import(of.Training); }
        of.Training = trainer.Export();

        using TrainingEvents? events = board is null || trainer.Finished
            ? null
            : new TrainingEvents(Path.Combine(board, $"seed{state.Seed}-{Methods.NameOf(method)}"), of.Training.OptimizerSteps, time);
        int epochs = trainer.History.Count;
        TrainingTotals counted = trainer.Totals;
        var progress = new Callback<TrainingProgress>(p =>
        {
            Count(method, trainer.Totals, ref counted);
            string accuracy = p.ValidationAccuracy is double v ? $", validation {v:P1}" : string.Empty;
            view.Report(new StageProgress(
                state.Seed, Methods.StageOf(method), trainer.Finished ? p.Step : Math.Min(p.Step, p.Steps - 1), p.Steps, $"epoch {p.Epoch}/{p.Epochs}, loss {p.Loss:F3}{accuracy}", p.Totals.ShotsPerSecond));
            if (trainer.History.Count > epochs)
            {
                epochs = trainer.History.Count;
                of.Training = trainer.Export();
                Keep();
                folder.AppendMetrics(state.Seed, method, trainer.History[^1]);
                events?.Epoch(p.Step, trainer.History[^1]);
            }
            else
            {
                events?.Step(p);
            }
        });
        try
        {
            await trainer.RunAsync(progress, cancellation);
        }
        finally
        {
            of.Training = trainer.Export();
        }

        return (network, trainer.NextShot);
    }

    private PhysicalNetwork NetworkOf(Method method)
    {
        NetworkShape shape = settings.Shape(data, system.Description);
        if (BeginsFromFile(method)) { return NetworkFile.Load(folder.StartFile, shape); }
        OutputScale scale = settings.Network.OutputScaling == OutputScaling.None || method == Method.Clamp ? OutputScale.None(settings.Shot.Windows) : state.Twin!.OutputScale;
        var network = new PhysicalNetwork(shape, scale);
        network.Initialise(state.Seed);
        return network;
    }

    // A clamp has no windows of its own for a bench's output scale.
    private bool BeginsFromFile(Method method) => fromStart && method != Method.Clamp;

    private async Task<double> TestAsync(string stage, PhysicalNetwork network, IPhysicalSystem on, ulong firstShot, CancellationToken cancellation)
    {
        view.Report(new StageProgress(state.Seed, stage, 0, 1, string.Empty, double.NaN));
        long start = time.GetTimestamp();
        double waited = system.Waited.TotalSeconds;
        Score score = await Evaluation.RunAsync(network, on, data.Test, Math.Max(settings.Training.BatchShots, 64), firstShot, time, cancellation);
        if (system.Waited.TotalSeconds == waited) { _clock.TwinSeconds += time.GetElapsedTime(start).TotalSeconds; } // the physical system was not asked
        view.Report(new StageProgress(state.Seed, stage, 1, 1, $"accuracy {score.Accuracy:P1}", double.NaN));
        Keep();
        return score.Accuracy;
    }

    // A twin in the system's place is twin time; the wait for the physical system is metered where it happens.
    private void Count(Method method, TrainingTotals now, ref TrainingTotals counted)
    {
        _clock.TwinSeconds += (now.TwinTime - counted.TwinTime).TotalSeconds + (method == Method.Pat ? 0 : (now.SystemTime - counted.SystemTime).TotalSeconds);
        _clock.UpdateSeconds += (now.UpdateTime - counted.UpdateTime).TotalSeconds;
        counted = now;
    }

    private void Keep()
    {
        SystemUsage used = system.Usage;
        state.Tally = _talliedBefore + new Tally(
            used.Passes - _usedBefore.Passes, used.FramesSent - _usedBefore.FramesSent, used.FramesRetried - _usedBefore.FramesRetried,
            used.FramesRefused - _usedBefore.FramesRefused, _clock.Seconds, system.Waited.TotalSeconds,
            used.PhysicsSeconds - _usedBefore.PhysicsSeconds, _clock.TwinSeconds, _clock.UpdateSeconds);
        folder.SaveSeed(state);
    }
}
