using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Rendering;
using PnnEdge.Cli.Results;
using PnnEdge.Training.Data;
using PnnEdge.Training.Experiments;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Recordings;
using PnnEdge.Training.Systems;

namespace PnnEdge.Cli.Runs;

/// <summary>One row of the table, run in a folder of its own; what is there of any (method, seed) is not run again.</summary>
internal sealed class ReproduceRun(PaperRow row, RunFolder folder, RunConfig config, DataFolder dataFolder, CliHost host)
{
    // A drive's energy is averaged over so many test samples.
    private const int EnergySamples = 32;

    public PaperRow Row => row;

    /// <summary>Runs one method for every seed, on a bench of its own.</summary>
    public async Task RunAsync(Method method, BenchSource source, IProgressView view, CancellationToken cancellation)
    {
        if (!Reproduction.Applies(method, config.Settings) || config.AllSeeds.All(seed => folder.LoadSeed(seed).HasFinished([method]))) { return; }
        using var loss = new BenchLoss(cancellation);
        try
        {
            await using OpenBench bench = await BenchOpener.OpenAsync(source, config.Settings.Plan().Shot, host, view, loss);
            if (!folder.HoldsRun) { folder.Begin(config); }
            view.Say($"{row.Experiment}: {Methods.StageOf(method)}.");
            await new TrainRun(folder, config, dataFolder, host.Time).RunAsync([method], bench.System, bench.Truth, view, loss.Token);
        }
        catch (OperationCanceledException lost) when (loss.Sentence is not null)
        {
            throw new PhysicalSystemException(loss.Sentence, lost);
        }
    }

    public string System => config.Settings.System;

    /// <returns>Null while no method has finished for any seed.</returns>
    public async Task<ReproduceSummary?> SummariseAsync(CancellationToken cancellation)
    {
        SeedState[] states = [.. config.AllSeeds.Select(folder.LoadSeed).Where(state => state.Twin is not null && state.Baseline is not null)];
        if (states.Length == 0) { return null; }
        (int passes, double seconds, double? joule) = await CostAsync(states[0], cancellation);
        AccuracyFigures? pat = Figures(states, Method.Pat, of => of.Delivered), silico = Figures(states, Method.InSilico, of => of.Delivered);
        double digital = states.Average(state => state.Baseline!.Value);
        Tally sum = states.Aggregate(default(Tally), (total, state) => total + state.Tally);
        return new ReproduceSummary(
            config.Settings.Task, config.Settings.System, states.Length, pat, silico, Figures(states, Method.InSilico, of => of.Claimed), digital,
            new TwinFigures(states.Average(state => state.Twin!.HeldOutNrmse), states.Average(state => state.Twin!.Fidelity.DeviceGradientCosine)),
            new FrameFigures(sum.FramesSent, sum.FramesRetried, sum.FramesRefused), sum.Passes, TrainRun.TimesOf(sum),
            row.Paper, row.Goal, row.Further, row.Reached(pat?.Mean, silico?.Mean, digital),
            Figures(states, Method.NoiseAware, of => of.Delivered), Figures(states, Method.NoiseAware, of => of.Claimed), Figures(states, Method.Ideal, of => of.Delivered),
            Figures(states, Method.Ideal, of => of.Claimed), Figures(states, Method.Clamp, of => of.Delivered),
            passes, seconds, 1 / seconds, joule);
    }

    private static AccuracyFigures? Figures(SeedState[] states, Method method, Func<MethodState, double?> figure)
    {
        double[] each = [.. states.Select(state => state.Methods.TryGetValue(method, out MethodState? of) ? figure(of) : null).OfType<double>()];
        return each.Length > 0 ? AccuracyFigures.Of(each) : null;
    }

    // What one answer occupies the bench for, and what its drive draws, on the nominal equations.
    private async Task<(int Passes, double Seconds, double? Joule)> CostAsync(SeedState state, CancellationToken cancellation)
    {
        ExperimentSettings settings = config.Settings;
        BenchSystem bench = Benches.Of(settings.System);
        int passes = settings.Network.Layers * settings.Network.Branches * settings.Training.Repeats;
        double seconds = passes * Math.Max(settings.Plan().Shot.Samples / bench.SampleRateHz, bench.LeastShotSeconds);
        string parameters = folder.ParametersFile(state.Seed, Method.Pat);
        if (bench.Joule is null || !File.Exists(parameters)) { return (passes, seconds, null); }
        await using IPhysicalSystem ideal = BenchOpener.InProcess(Benches.BuildTruth(new BenchRequest(settings.System, 1, 0, Ideal: true, [])), settings.Plan().Shot, host.Time);
        var tap = new DriveTap(ideal);
        TaskData data = TaskLoader.Load(settings with { Data = settings.Data with { TestLimit = settings.Task == TaskLoader.Mnist ? EnergySamples : 0 } }, dataFolder, state.Seed);
        Dataset few = data.Test.Take("energy", [.. Enumerable.Range(0, Math.Min(EnergySamples, data.Test.Count))]);
        await Evaluation.RunAsync(NetworkFile.Load(parameters, settings.Shape(data, ideal.Description)), tap, few, EnergySamples, 0, host.Time, cancellation);
        return (passes, seconds, tap.Joule(bench.Joule) * settings.Training.Repeats / few.Count);
    }

    /// <summary>Keeps what was played.</summary>
    private sealed class DriveTap(IPhysicalSystem system) : IPhysicalSystem
    {
        private readonly List<Stimulus> _played = [];

        public SystemDescription Description => system.Description;

        public SystemUsage Usage => system.Usage;

        public Task<Measurement> RunAsync(Stimulus stimulus, CancellationToken cancellation)
        {
            _played.Add(stimulus with { Volts = [.. stimulus.Volts] });
            return system.RunAsync(stimulus, cancellation);
        }

        public double Joule(Func<float[], float[], double> ofShot) =>
            _played.Sum(batch => batch.Volts.Chunk(Description.StimulusSamples).Sum(drive => ofShot(drive, batch.ActuatorVolts)));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
