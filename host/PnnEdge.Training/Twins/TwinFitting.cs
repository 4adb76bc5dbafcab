using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Twins;

/// <param name="Stage">What is going on, for a person: <c>shots</c> or <c>fit</c>.</param>
public readonly record struct TwinFitProgress(string Stage, int Done, int Of, double Loss);

/// <summary>Fits a system's own equations, which this project does not know.</summary>
public delegate ITwin GreyBoxFit(
    ShotSet fitted, TwinFitSettings settings, ulong seed, IProgress<TwinFitProgress>? progress, CancellationToken cancellation);

/// <param name="OutputScale">Of the measured windows; the network's fixed output scale.</param>
/// <param name="HeldOutNrmse">√(Σ error²/Σ (y − mean of its window)²) on shots never fitted.</param>
/// <param name="Shots">Random shots, the held-out ones included.</param>
/// <param name="FitTime">Fitting, without playing them.</param>
public sealed record TwinFit(ITwin Twin, OutputScale OutputScale, double HeldOutNrmse, int Shots, TimeSpan FitTime);

/// <summary>Fits a twin of any kind to random shots through the physical system, and holds it against a tenth of them that it never saw.</summary>
public static class TwinFitting
{
    /// <param name="greyBox">For <see cref="TwinKind.GreyBox"/>; no other kind asks for it.</param>
    public static async Task<TwinFit> RunAsync(
        IPhysicalSystem system, SlotPlan plan, VoltRange driveRange, TwinFitSettings settings, ulong seed, TimeProvider time,
        IProgress<TwinFitProgress>? progress, CancellationToken cancellation, GreyBoxFit? greyBox = null)
    {
        ShotSet shots = await PlayAsync(system, plan, driveRange, settings.Shots, settings.ShotsPerCall, seed, progress, cancellation);
        return Run(shots, plan, settings, seed, time, progress, cancellation, greyBox);
    }

    /// <summary>To shots that were played before.</summary>
    /// <param name="greyBox">For <see cref="TwinKind.GreyBox"/>; no other kind asks for it.</param>
    public static TwinFit Run(
        ShotSet shots, SlotPlan plan, TwinFitSettings settings, ulong seed, TimeProvider time, IProgress<TwinFitProgress>? progress,
        CancellationToken cancellation, GreyBoxFit? greyBox = null)
    {
        long start = time.GetTimestamp();
        (ShotSet fitted, ShotSet kept) = HoldOut(shots);
        OutputScale scale = OutputScale.Of(fitted.AllWindows(), fitted.Count);
        ITwin twin = Fit(fitted, plan, settings, seed, progress, cancellation, greyBox);
        return new TwinFit(twin, scale, Nrmse(twin, kept), shots.Count, time.GetElapsedTime(start));
    }

    /// <summary>Random shots of the seed, call by call, each call with random actuators.</summary>
    public static async Task<ShotSet> PlayAsync(
        IPhysicalSystem system, SlotPlan plan, VoltRange driveRange, int shots, int shotsPerCall, ulong seed,
        IProgress<TwinFitProgress>? progress, CancellationToken cancellation)
    {
        if (shots < 20 || shotsPerCall < 1)
        {
            throw new ArgumentException($"Asked for a twin from {shots} shots, {shotsPerCall} per call; it needs at least 20, at least 1 per call.");
        }

        plan.RequireFits(system.Description);
        var random = new SeededRandom(seed, stream: 0xF17);
        int actuators = system.Description.ActuatorCount;
        var set = new ShotSet();
        ulong first = ShotIndex.First(seed);
        for (int done = 0; done < shots;)
        {
            int count = Math.Min(shotsPerCall, shots - done);
            float[] unit = new float[count * plan.Slots], actuatorUnit = new float[actuators];
            RandomShots.Fill(random, count, plan.Slots, unit);
            foreach (ref float u in actuatorUnit.AsSpan()) { u = random.NextSingle(); }
            Measurement measured = await system.RunAsync(
                RandomShots.ToStimulus(first + (ulong)done, unit, actuatorUnit, count, plan, driveRange, system.Description), cancellation);
            set.Add(measured, plan);
            done += count;
            progress?.Report(new TwinFitProgress("shots", done, shots, double.NaN));
        }

        return set;
    }

    /// <summary>The last tenth apart, in whole calls: shots of one call share their actuators, and a leak through them would flatter the figure.</summary>
    public static (ShotSet Fitted, ShotSet Kept) HoldOut(ShotSet shots)
    {
        int heldOut = Math.Max(1, shots.Calls.Count / 10);
        return shots.Calls.Count > heldOut
            ? (shots.OfCalls(..^heldOut), shots.OfCalls(^heldOut..))
            : throw new ArgumentException($"The twin's {shots.Count} shots came in a single call, which would be held out with none to fit; ask for more shots, or fewer per call.", nameof(shots));
    }

    /// <summary>A new twin of the kind that the settings name, fitted to all of these shots.</summary>
    /// <exception cref="ArgumentException">The kind does not suit the plan, or a grey box has no equations.</exception>
    public static ITwin Fit(
        ShotSet fitted, SlotPlan plan, TwinFitSettings settings, ulong seed, IProgress<TwinFitProgress>? progress, CancellationToken cancellation,
        GreyBoxFit? greyBox = null)
    {
        if (settings.Kind == TwinKind.GreyBox)
        {
            return (greyBox ?? throw new ArgumentException("A grey-box twin needs the equations of its system; this system has none here.", nameof(greyBox)))(
                fitted, settings, seed, progress, cancellation);
        }

        ITrainableTwin twin = TwinStart.Of(fitted, plan, settings, seed);
        new TwinTrainer(twin, fitted, settings.BatchShots, seed).Run(
            settings.Epochs, settings.LearningRate, (epoch, loss) => progress?.Report(new TwinFitProgress("fit", epoch, settings.Epochs, loss)), cancellation);
        return twin;
    }

    /// <summary>√(Σ (twin − y)² / Σ (y − mean of its output)²) over shots and outputs.</summary>
    public static double Nrmse(ITwin twin, ShotSet shots)
    {
        double[] mean = new double[twin.Outputs];
        foreach (ShotCall call in shots.Calls)
        {
            for (int i = 0; i < call.Windows.Length; i++) { mean[i % twin.Outputs] += (double)call.Windows[i] / shots.Count; }
        }

        double error = 0, spread = 0;
        foreach (ShotCall call in shots.Calls)
        {
            float[] modelled = new float[call.Windows.Length];
            twin.Forward(call.Slots, call.Actuators, call.Shots, modelled);
            for (int i = 0; i < modelled.Length; i++)
            {
                error += Math.Pow(modelled[i] - call.Windows[i], 2);
                spread += Math.Pow(call.Windows[i] - mean[i % twin.Outputs], 2);
            }
        }

        return Math.Sqrt(error / spread);
    }
}
