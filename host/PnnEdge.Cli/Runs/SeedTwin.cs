using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Rendering;
using PnnEdge.Physics;
using PnnEdge.Training.Experiments;
using PnnEdge.Training.Recordings;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;
using PnnEdge.Twins.Physics;

namespace PnnEdge.Cli.Runs;

/// <summary>One seed's twin: fitted to random shots and probed, or read from its file.</summary>
/// <param name="system">The bench; metered.</param>
/// <param name="truth">The same bench without noise and drift, or null.</param>
/// <param name="equations">The system's nominal equations, for a grey box; null where there are none.</param>
/// <param name="bias">Of the twin, on purpose, 1; its file holds it as fitted.</param>
internal sealed class SeedTwin(
    ExperimentSettings settings, MeteredSystem system, IPhysicalSystem? truth, Func<IPhysicsModel>? equations, double bias, RunFolder folder,
    SeedState state, SeedClock clock, IProgressView view, TimeProvider time)
{
    public async Task<ITwin> FitAsync(Action keep, CancellationToken cancellation)
    {
        if (state.Twin is not null) { return Biased(Load(folder.TwinFile(state.Seed), equations)); }
        var fitting = new Callback<TwinFitProgress>(p => view.Report(new StageProgress(
            state.Seed, p.Stage == "shots" ? "random shots for the twin" : "fitting the twin", p.Done, p.Of,
            double.IsNaN(p.Loss) ? string.Empty : $"error {Math.Sqrt(p.Loss):F3} of its spread", p.Stage == "shots" ? clock.Rate(p.Done) : double.NaN)));
        VoltRange range = settings.UsedRange(system.Description);
        GreyBoxFit? greyBox = equations is null ? null : GreyBoxFitting.For(equations(), settings.Plan(), range, system.Description.MeasurementRange);
        TwinFit fit = await TwinFitting.RunAsync(system, settings.Plan(), range, settings.Twin, state.Seed, time, fitting, cancellation, greyBox);
        clock.TwinSeconds += fit.FitTime.TotalSeconds;

        view.Report(new StageProgress(state.Seed, "probing the twin's gradient", 0, 1, string.Empty, double.NaN));
        double waited = system.Waited.TotalSeconds;
        long start = time.GetTimestamp();
        ulong firstProbe = ShotIndex.First(state.Seed) + (ulong)fit.Shots;
        FidelityReport fidelity = await TwinFidelity.RunAsync(
            system, truth, Biased(fit.Twin), settings.Plan(), range, new FidelitySettings(), state.Seed, firstProbe, cancellation);
        clock.TwinSeconds += time.GetElapsedTime(start).TotalSeconds - (system.Waited.TotalSeconds - waited);
        view.Report(new StageProgress(
            state.Seed, "probing the twin's gradient", 1, 1, $"cosine {fidelity.DeviceGradientCosine:F3}, error {fit.HeldOutNrmse:F3} of its spread", double.NaN));

        TwinNotes.Save(folder.TwinFile(state.Seed), fit.Twin, settings);
        state.Twin = new TwinOutcome(fit.OutputScale, fit.HeldOutNrmse, fit.Shots, fidelity, firstProbe + (ulong)fidelity.Passes);
        keep();
        return Biased(fit.Twin);
    }

    /// <exception cref="InvalidDataException">One sentence: the file and what is wrong with it.</exception>
    public static ITwin Load(string path, Func<IPhysicsModel>? equations) => !GreyBoxFile.Holds(path)
        ? TwinFile.Load(path)
        : equations is null
            ? throw new InvalidDataException($"{path} holds a grey box, and this system has no equations here.")
            : GreyBoxFile.Load(path, equations());

    private ITwin Biased(ITwin twin) => bias == 0 ? twin : new BiasedTwin(twin, bias);
}
