using PnnEdge.Numerics.Chance;
using PnnEdge.Numerics.Optimizers;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Twins;

/// <summary>How a twin is fitted.</summary>
public sealed record TwinFitSettings
{
    /// <summary>Random shots played, the held-out tenth included.</summary>
    public required int Shots { get; init; }

    /// <summary>Shots per call of the system; the actuators are the same within a call.</summary>
    public required int ShotsPerCall { get; init; }

    /// <summary>Of the perceptron.</summary>
    public required int[] HiddenWidths { get; init; }

    /// <summary>Times through the fitted shots.</summary>
    public required int Epochs { get; init; }

    /// <summary>Shots per optimizer step.</summary>
    public required int BatchShots { get; init; }

    /// <summary>Adam's first rate; falls to 1 % of it along a cosine.</summary>
    public required double LearningRate { get; init; }

    /// <summary>How many slots back a window of a causal, time-invariant twin sees; 0 for a twin of the whole shot.</summary>
    public int MemorySlots { get; init; }
}

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
        int heldOut = Math.Max(1, shots.Calls.Count / 10);
        ShotSet fitted = shots.OfCalls(..^heldOut), kept = shots.OfCalls(^heldOut..);
        (float[] x, float[] y) = fitted.Rows();
        MlpTwin twin = Start(plan, system.Description.ActuatorCount, x, y, fitted.Count, settings, seed);
        Fit(twin, x, y, fitted.Count, settings, seed, progress, cancellation);
        return new TwinFit(twin, ScaleOf(y), Nrmse(twin, kept), settings.Shots, played, time.GetElapsedTime(start) - played);
    }

    /// <summary>√(Σ (twin − y)² / Σ (y − mean of its output)²) over shots and outputs.</summary>
    public static double Nrmse(ITwin twin, ShotSet shots)
    {
        (_, float[] y) = shots.Rows();
        float[] modelled = new float[y.Length];
        int at = 0;
        foreach (ShotCall call in shots.Calls)
        {
            twin.Forward(call.Slots, call.Actuators, call.Shots, modelled.AsSpan(at, call.Windows.Length));
            at += call.Windows.Length;
        }

        double error = 0, spread = 0;
        for (int o = 0; o < twin.Outputs; o++)
        {
            double mean = 0;
            for (int i = o; i < y.Length; i += twin.Outputs) { mean += y[i] / shots.Count; }
            for (int i = o; i < y.Length; i += twin.Outputs)
            {
                error += Math.Pow(modelled[i] - y[i], 2);
                spread += Math.Pow(y[i] - mean, 2);
            }
        }

        return Math.Sqrt(error / spread);
    }

    private static MlpTwin Start(SlotPlan plan, int actuators, float[] x, float[] y, int shots, TwinFitSettings settings, ulong seed)
    {
        if (settings.MemorySlots == 0) { return new MlpTwin(TwinScale.Of(x, y, shots), settings.HiddenWidths, seed, actuators); }

        // Every window of a few hundred shots fixes a scale well enough, and all rows of all shots would not fit in memory.
        ReceptiveField field = ReceptiveField.Of(plan, actuators, settings.MemorySlots);
        int some = Math.Min(shots, 300);
        float[] rows = new float[some * field.Windows * field.RowInputs];
        field.Forward(x, some, rows);
        return new MlpTwin(TwinScale.Of(rows, y.AsSpan(0, some * field.Windows), some * field.Windows), settings.HiddenWidths, seed, actuators, field);
    }

    private static async Task<ShotSet> PlayAsync(
        IPhysicalSystem system, SlotPlan plan, VoltRange driveRange, TwinFitSettings settings, ulong seed,
        IProgress<TwinFitProgress>? progress, CancellationToken cancellation)
    {
        plan.RequireFits(system.Description);
        var random = new SeededRandom(seed, stream: 0xF17);
        int actuators = system.Description.ActuatorCount;
        var set = new ShotSet();
        ulong first = ShotIndex.First(seed, ShotPurpose.TwinFit);
        for (int done = 0; done < settings.Shots;)
        {
            int count = Math.Min(settings.ShotsPerCall, settings.Shots - done);
            float[] unit = new float[count * plan.Slots], actuatorUnit = new float[actuators];
            RandomShots.Fill(random, count, plan.Slots, unit);
            foreach (ref float u in actuatorUnit.AsSpan()) { u = random.NextSingle(); }
            Measurement measured = await system.RunAsync(
                RandomShots.ToStimulus(first + (ulong)done, unit, actuatorUnit, count, plan, driveRange, system.Description), cancellation);
            set.Add(measured, plan);
            done += count;
            progress?.Report(new TwinFitProgress("shots", done, settings.Shots, double.NaN));
        }

        return set;
    }

    private static void Fit(
        MlpTwin twin, float[] allX, float[] allY, int shots, TwinFitSettings settings, ulong seed, IProgress<TwinFitProgress>? progress,
        CancellationToken cancellation)
    {
        var adam = new Adam(twin.Parameters.Length);
        float[] gradient = new float[twin.Parameters.Length];
        int batch = Math.Min(settings.BatchShots, shots), perEpoch = shots / batch, steps = perEpoch * settings.Epochs;
        float[] x = new float[batch * twin.Inputs], y = new float[batch * twin.Outputs];
        int[] order = [.. Enumerable.Range(0, shots)];
        var random = new SeededRandom(seed, stream: 0xF18);
        for (int epoch = 0, step = 0; epoch < settings.Epochs; epoch++)
        {
            random.Shuffle(order);
            double loss = 0;
            for (int b = 0; b < perEpoch; b++, step++)
            {
                cancellation.ThrowIfCancellationRequested();
                for (int i = 0; i < batch; i++)
                {
                    int shot = order[(b * batch) + i];
                    allX.AsSpan(shot * twin.Inputs, twin.Inputs).CopyTo(x.AsSpan(i * twin.Inputs));
                    allY.AsSpan(shot * twin.Outputs, twin.Outputs).CopyTo(y.AsSpan(i * twin.Outputs));
                }

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
