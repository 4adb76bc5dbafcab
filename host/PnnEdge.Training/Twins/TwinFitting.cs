using PnnEdge.Numerics.Chance;
using PnnEdge.Numerics.Optimizers;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Twins;

/// <param name="Shots">Random shots played, the held-out tenth included.</param>
/// <param name="ShotsPerCall">Shots per call of the system; the actuators are the same within a call.</param>
/// <param name="HiddenWidths">Of the perceptron.</param>
/// <param name="Epochs">Times through the fitted shots.</param>
/// <param name="BatchShots">Shots per optimizer step.</param>
/// <param name="LearningRate">Adam's first rate; falls to 1 % of it along a cosine.</param>
/// <param name="MemorySlots">How many slots back a window of a causal, time-invariant twin sees; 0 for a twin of the whole shot.</param>
public sealed record TwinFitSettings(
    int Shots, int ShotsPerCall, int[] HiddenWidths, int Epochs, int BatchShots, double LearningRate, int MemorySlots = 0);

/// <param name="Stage">What is going on, for a person: <c>shots</c> or <c>fit</c>.</param>
public readonly record struct TwinFitProgress(string Stage, int Done, int Of, double Loss);

/// <param name="OutputScale">Of the measured windows; the network's fixed output scale.</param>
/// <param name="HeldOutNrmse">√(Σ error²/Σ (y − mean of its window)²) on shots never fitted.</param>
/// <param name="Shots">Random shots played.</param>
/// <param name="SystemTime">Playing them.</param>
/// <param name="FitTime">Fitting.</param>
public sealed record TwinFit(MlpTwin Twin, OutputScale OutputScale, double HeldOutNrmse, int Shots, TimeSpan SystemTime, TimeSpan FitTime);

/// <summary>Fits a perceptron to random shots through the physical system: mean squared error, Adam, cosine decay, a held-out tenth.</summary>
public static class TwinFitting
{
    public static async Task<TwinFit> RunAsync(
        IPhysicalSystem system, SlotPlan plan, VoltRange driveRange, TwinFitSettings settings, ulong seed, TimeProvider time,
        IProgress<TwinFitProgress>? progress, CancellationToken cancellation)
    {
        if (settings.Shots < 20 || settings.ShotsPerCall < 1)
        {
            throw new ArgumentException($"Asked for a twin from {settings.Shots} shots, {settings.ShotsPerCall} per call; it needs at least 20, at least 1 per call.");
        }

        long start = time.GetTimestamp();
        ShotSet shots = await PlayAsync(system, plan, driveRange, settings, seed, progress, cancellation);
        TimeSpan played = time.GetElapsedTime(start);

        // Hold out whole calls: shots of one call share their actuators, and a leak through them would flatter the figure.
        int heldOut = Math.Max(1, settings.Shots / settings.ShotsPerCall / 10) * settings.ShotsPerCall;
        heldOut = Math.Min(heldOut, settings.Shots / 2);
        ShotSet fitted = shots.Slice(0, settings.Shots - heldOut), kept = shots.Slice(settings.Shots - heldOut, heldOut);
        MlpTwin twin = Start(plan, system.Description.Actuators.Count, fitted, settings, seed);
        Fit(twin, fitted, settings, seed, progress, cancellation);
        return new TwinFit(
            twin, ScaleOf(fitted.Y), Nrmse(twin, kept.X, kept.Y, kept.Count), settings.Shots, played, time.GetElapsedTime(start) - played);
    }

    /// <summary>√(Σ (twin − y)² / Σ (y − mean of its output)²) over shots and outputs.</summary>
    /// <param name="x">[shot, input], V.</param> <param name="y">[shot, output], V.</param>
    public static double Nrmse(ITwin twin, ReadOnlySpan<float> x, ReadOnlySpan<float> y, int shots)
    {
        float[] modelled = new float[y.Length];
        for (int first = 0; first < shots; first += 64)
        {
            int count = Math.Min(64, shots - first);
            twin.Forward(x.Slice(first * twin.Inputs, count * twin.Inputs), count, modelled.AsSpan(first * twin.Outputs, count * twin.Outputs));
        }

        double error = 0, spread = 0;
        for (int o = 0; o < twin.Outputs; o++)
        {
            double mean = 0;
            for (int s = 0; s < shots; s++) { mean += y[(s * twin.Outputs) + o] / shots; }
            for (int s = 0; s < shots; s++)
            {
                int i = (s * twin.Outputs) + o;
                error += Math.Pow(modelled[i] - y[i], 2);
                spread += Math.Pow(y[i] - mean, 2);
            }
        }

        return Math.Sqrt(error / spread);
    }

    private static MlpTwin Start(SlotPlan plan, int actuators, ShotSet fitted, TwinFitSettings settings, ulong seed)
    {
        if (settings.MemorySlots == 0) { return new MlpTwin(TwinScale.Of(fitted.X, fitted.Y, fitted.Count), settings.HiddenWidths, seed); }

        // Every window of a few hundred shots fixes a scale well enough, and all rows of all shots would not fit in memory.
        ReceptiveField field = ReceptiveField.Of(plan, actuators, settings.MemorySlots);
        ShotSet some = fitted.Slice(0, Math.Min(fitted.Count, 300));
        float[] rows = new float[some.Count * field.Windows * field.RowInputs];
        field.Forward(some.X, some.Count, rows);
        return new MlpTwin(TwinScale.Of(rows, some.Y, some.Count * field.Windows), settings.HiddenWidths, seed, field);
    }

    private static async Task<ShotSet> PlayAsync(
        IPhysicalSystem system, SlotPlan plan, VoltRange driveRange, TwinFitSettings settings, ulong seed,
        IProgress<TwinFitProgress>? progress, CancellationToken cancellation)
    {
        plan.RequireFits(system.Description);
        var random = new SeededRandom(seed, stream: 0xF17);
        int actuators = system.Description.Actuators.Count;
        var set = new ShotSet(settings.Shots, plan.Slots + actuators, plan.Windows);
        ulong first = ShotIndex.First(seed, ShotPurpose.TwinFit);
        for (int done = 0; done < settings.Shots;)
        {
            int count = Math.Min(settings.ShotsPerCall, settings.Shots - done);
            float[] unit = new float[count * plan.Slots], actuatorUnit = new float[actuators];
            RandomShots.Fill(random, count, plan.Slots, unit);
            foreach (ref float u in actuatorUnit.AsSpan()) { u = random.NextSingle(); }
            Measurement measured = await system.RunAsync(
                RandomShots.ToStimulus(first + (ulong)done, unit, actuatorUnit, count, plan, driveRange, system.Description), cancellation);
            AppliedSlots.Forward(measured, plan, set.XOf(done, count));
            WindowDecoder.Forward(measured.Volts, count, plan, set.YOf(done, count));
            done += count;
            progress?.Report(new TwinFitProgress("shots", done, settings.Shots, double.NaN));
        }

        return set;
    }

    private static void Fit(
        MlpTwin twin, ShotSet fitted, TwinFitSettings settings, ulong seed, IProgress<TwinFitProgress>? progress, CancellationToken cancellation)
    {
        var adam = new Adam(twin.Parameters.Length);
        float[] gradient = new float[twin.Parameters.Length];
        int batch = Math.Min(settings.BatchShots, fitted.Count), perEpoch = fitted.Count / batch, steps = perEpoch * settings.Epochs;
        float[] x = new float[batch * twin.Inputs], y = new float[batch * twin.Outputs];
        int[] order = [.. Enumerable.Range(0, fitted.Count)];
        var random = new SeededRandom(seed, stream: 0xF18);
        for (int epoch = 0, step = 0; epoch < settings.Epochs; epoch++)
        {
            random.Shuffle(order);
            double loss = 0;
            for (int b = 0; b < perEpoch; b++, step++)
            {
                cancellation.ThrowIfCancellationRequested();
                for (int i = 0; i < batch; i++) { fitted.Copy(order[(b * batch) + i], i, x, y); }
                loss += twin.LossGradient(x, y, batch, gradient) / perEpoch;
                adam.Step(twin.Parameters, gradient, CosineDecay.Rate(settings.LearningRate, step, steps));
            }

            if (!double.IsFinite(loss))
            {
                throw new InvalidOperationException($"The twin's error is {loss} in epoch {epoch + 1}; the fit diverged, try a learning rate below {settings.LearningRate}.");
            }

            progress?.Report(new TwinFitProgress("fit", epoch + 1, settings.Epochs, loss));
        }
    }

    private static OutputScale ScaleOf(ReadOnlySpan<float> y)
    {
        double mean = 0, squares = 0;
        foreach (float v in y) { mean += v; }
        mean /= y.Length;
        foreach (float v in y) { squares += (v - mean) * (v - mean); }
        double spread = Math.Sqrt(squares / y.Length);
        return spread > 0 && double.IsFinite(spread)
            ? new OutputScale((float)mean, (float)spread)
            : throw new PhysicalSystemException($"Random shots moved the output by {spread} V; is the drive connected to the measuring input?");
    }
}
