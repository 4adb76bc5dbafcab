using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Rendering;
using PnnEdge.Training.Baselines;
using PnnEdge.Training.Data;
using PnnEdge.Training.Experiments;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Recordings;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.Cli.Runs;

/// <summary>One seed from the first random shot to the last test sample; every part that its state already has is skipped.</summary>
/// <param name="system">The bench; metered for this seed alone.</param>
/// <param name="truth">The same bench without noise and drift, or null.</param>
internal sealed class SeedRun(
    ExperimentSettings settings, TaskData data, MeteredSystem system, IPhysicalSystem? truth, RunFolder folder, SeedState state, IProgressView view,
    TimeProvider time)
{
    private readonly Stopwatch _clock = new(time);
    private readonly SystemUsage _usedBefore = system.Usage;
    private readonly Tally _talliedBefore = state.Tally;
    private double _twinSeconds;
    private double _updateSeconds;

    public async Task RunAsync(CancellationToken cancellation)
    {
        if (state.Finished) { return; }
        try
        {
            ITwin twin = await TwinAsync(cancellation);
            var modelled = new TwinSystem(twin, settings.Plan(), system.Description);

            PhysicalNetwork trained = await TrainAsync("physics-aware training", RunFolder.Pat, system, twin, state.Pat, s => state.Pat = s, cancellation);
            NetworkFile.Save(folder.ParametersFile(state.Seed), trained);
            state.PatTest ??= await TestAsync("test on the system", trained, system, ShotPurpose.Test, cancellation);

            PhysicalNetwork believed = await TrainAsync("training in silico", RunFolder.InSilico, modelled, twin, state.InSilico, s => state.InSilico = s, cancellation);
            state.InSilicoClaimed ??= await TestAsync("test in silico", believed, modelled, ShotPurpose.Test, cancellation);
            state.InSilicoDeployed ??= await TestAsync("deployed on the system", believed, system, ShotPurpose.DeployedTest, cancellation);

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

    private async Task<ITwin> TwinAsync(CancellationToken cancellation)
    {
        if (state.Twin is not null) { return TwinFile.Load(folder.TwinFile(state.Seed)); }
        var fitting = new Callback<TwinFitProgress>(p => view.Report(new StageProgress(
            state.Seed, p.Stage == "shots" ? "random shots for the twin" : "fitting the twin", p.Done, p.Of,
            double.IsNaN(p.Loss) ? string.Empty : $"error {Math.Sqrt(p.Loss):F3} of its spread", p.Stage == "shots" ? _clock.Rate(p.Done) : double.NaN)));
        TwinFit fit = await TwinFitting.RunAsync(system, settings.Plan(), settings.UsedRange(system.Description), settings.Twin, state.Seed, time, fitting, cancellation);
        _twinSeconds += fit.FitTime.TotalSeconds;

        view.Report(new StageProgress(state.Seed, "probing the twin's gradient", 0, 1, string.Empty, double.NaN));
        double waited = system.Waited.TotalSeconds;
        long start = time.GetTimestamp();
        FidelityReport fidelity = await TwinFidelity.RunAsync(
            system, truth, fit.Twin, settings.Plan(), settings.UsedRange(system.Description), new FidelitySettings(), state.Seed, cancellation);
        _twinSeconds += time.GetElapsedTime(start).TotalSeconds - (system.Waited.TotalSeconds - waited);
        view.Report(new StageProgress(
            state.Seed, "probing the twin's gradient", 1, 1, $"cosine {fidelity.DeviceGradientCosine:F3}, error {fit.HeldOutNrmse:F3} of its spread", double.NaN));

        TwinNotes.Save(folder.TwinFile(state.Seed), fit.Twin, settings);
        state.Twin = new TwinOutcome(fit.OutputScale, fit.HeldOutNrmse, fit.Shots, fidelity);
        Keep();
        return fit.Twin;
    }

    private async Task<PhysicalNetwork> TrainAsync(
        string stage, string method, IPhysicalSystem on, ITwin twin, TrainerState? from, Action<TrainerState> keep, CancellationToken cancellation)
    {
        var network = new PhysicalNetwork(settings.Shape(data, system.Description), state.Twin!.OutputScale);
        network.Initialise(state.Seed);
        if (from is null) { await NetworkCalibration.RunAsync(network, on, data.Train, state.Seed, time, cancellation); }
        var trainer = new Trainer(network, on, twin, data, settings.Training, state.Seed, time);
        if (from is not null) { trainer.Import(from); }
        keep(trainer.Export());

        int epochs = trainer.History.Count;
        TrainingTotals counted = trainer.Totals;
        var progress = new Callback<TrainingProgress>(p =>
        {
            Count(trainer.Totals, ref counted, on);
            string accuracy = p.ValidationAccuracy is double v ? $", validation {v:P1}" : string.Empty;
            view.Report(new StageProgress(
                state.Seed, stage, trainer.Finished ? p.Step : Math.Min(p.Step, p.Steps - 1), p.Steps, $"epoch {p.Epoch}/{p.Epochs}, loss {p.Loss:F3}{accuracy}", p.Totals.ShotsPerSecond));
            if (trainer.History.Count > epochs)
            {
                epochs = trainer.History.Count;
                keep(trainer.Export());
                Keep();
                folder.AppendMetrics(state.Seed, method, trainer.History[^1]);
            }
        });
        try
        {
            await trainer.RunAsync(progress, cancellation);
        }
        finally
        {
            keep(trainer.Export());
        }

        return network;
    }

    private async Task<double> TestAsync(string stage, PhysicalNetwork network, IPhysicalSystem on, ShotPurpose shots, CancellationToken cancellation)
    {
        view.Report(new StageProgress(state.Seed, stage, 0, 1, string.Empty, double.NaN));
        long start = time.GetTimestamp();
        Score score = await Evaluation.RunAsync(
            network, on, data.Test, Math.Max(settings.Training.BatchShots, 64), ShotIndex.First(state.Seed, shots), time, cancellation);
        _twinSeconds += on == system ? 0 : time.GetElapsedTime(start).TotalSeconds;
        view.Report(new StageProgress(state.Seed, stage, 1, 1, $"accuracy {score.Accuracy:P1}", double.NaN));
        Keep();
        return score.Accuracy;
    }

    // A twin in the system's place is twin time; the wait for the physical system is metered where it happens.
    private void Count(TrainingTotals now, ref TrainingTotals counted, IPhysicalSystem on)
    {
        _twinSeconds += (now.TwinTime - counted.TwinTime).TotalSeconds + (on == system ? 0 : (now.SystemTime - counted.SystemTime).TotalSeconds);
        _updateSeconds += (now.UpdateTime - counted.UpdateTime).TotalSeconds;
        counted = now;
    }

    private void Keep()
    {
        SystemUsage used = system.Usage;
        state.Tally = _talliedBefore + new Tally(
            used.Passes - _usedBefore.Passes, used.FramesSent - _usedBefore.FramesSent, used.FramesRetried - _usedBefore.FramesRetried,
            used.FramesRefused - _usedBefore.FramesRefused, _clock.Seconds, system.Waited.TotalSeconds,
            used.PhysicsSeconds - _usedBefore.PhysicsSeconds, _twinSeconds, _updateSeconds);
        folder.SaveSeed(state);
    }

    private sealed class Stopwatch(TimeProvider time)
    {
        private readonly long _start = time.GetTimestamp();

        public double Seconds => time.GetElapsedTime(_start).TotalSeconds;

        public double Rate(int done) => done / Math.Max(Seconds, 1e-3);
    }
}
