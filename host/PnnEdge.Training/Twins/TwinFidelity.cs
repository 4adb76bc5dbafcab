using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Twins;

/// <param name="Points">Random operating points (x, θ, actuators), half of them low-passed.</param>
/// <param name="Directions">Random directions through each point; at least 32 for a cosine worth its name.</param>
/// <param name="StepConverterSteps">Length of the difference along every input, in steps of the drive converter; of a coarse converter, such as an 8-bit light modulator, as many as make a fiftieth of the range, but two.</param>
/// <param name="Repeats">On the device, with independent noise; even, split into halves.</param>
/// <param name="ValueShots">Fresh random shots for the value error.</param>
public sealed record FidelitySettings(int Points = 16, int Directions = 32, int StepConverterSteps = 40, int Repeats = 4, int ValueShots = 200);

/// <param name="DeviceNrmse">Twin against fresh measured shots: √(Σ error²/Σ (y − mean)²).</param>
/// <param name="DeviceGradientCosine">Twin's gradient against measured differences, freed from their noise by split halves: cos(g, a)/√cos(a, b).</param>
/// <param name="DeviceCosineLow">Lower end of the 95 % interval (bootstrap over points).</param>
/// <param name="DeviceCosineHigh">Upper end.</param>
/// <param name="SplitHalfCosine">cos(a, b) of the halves: how repeatable the measured gradient itself is.</param>
/// <param name="TruthNrmse">Against the noise-free system; null without one.</param>
/// <param name="TruthGradientCosine">Against differences on the noise-free system; null without one.</param>
/// <param name="TruthPlateauCosine">Differences of the step against those of half the step: near 1, or the step is not on a plateau; null without a noise-free system.</param>
/// <param name="StepVolts">The step used.</param>
/// <param name="Passes">Shots played on the device.</param>
public sealed record FidelityReport(
    double DeviceNrmse, double DeviceGradientCosine, double DeviceCosineLow, double DeviceCosineHigh, double SplitHalfCosine,
    double? TruthNrmse, double? TruthGradientCosine, double? TruthPlateauCosine, double StepVolts, int Passes);

/// <summary>How true a twin is: in value, and in the direction of its gradient, against the device and against the noise-free truth.</summary>
public static class TwinFidelity
{
    private const int BootstrapSamples = 2000;

    /// <param name="truth">The same system without noise, or null.</param>
    /// <param name="seed">Draws points and directions.</param>
    /// <param name="firstShot">Logical index of the first shot; as many follow as the report says passes.</param>
    public static async Task<FidelityReport> RunAsync(
        IPhysicalSystem device, IPhysicalSystem? truth, ITwin twin, SlotPlan plan, VoltRange driveRange, FidelitySettings settings, ulong seed,
        ulong firstShot, CancellationToken cancellation)
    {
        if (settings.Repeats < 2 || settings.Repeats % 2 != 0 || settings.Points < 2 || settings.Directions < 2 || settings.ValueShots < 2)
        {
            throw new ArgumentException($"Fidelity needs at least 2 points, directions and value shots and an even number of repeats; asked were {settings.Points}, {settings.Directions}, {settings.ValueShots} and {settings.Repeats}.");
        }

        plan.RequireFits(device.Description);
        double span = driveRange.MaxVolts - driveRange.MinVolts;
        double step = StepVolts(settings.StepConverterSteps, device.Description.StimulusStepVolts, span);
        if (step > span / 4) { throw new ArgumentException($"A step of {step:G3} V does not fit the drive range of {driveRange}; this converter is too coarse for differences."); }

        long before = device.Usage.Passes;
        var shots = new ShotCounter(firstShot);
        var random = new SeededRandom(seed, stream: 0xF1D);
        (double deviceNrmse, double? truthNrmse) = await ValueErrorAsync(device, truth, twin, plan, driveRange, settings, random, shots, cancellation);

        // The truth counts for itself: what noise the device's shots have must not depend on whether there is a truth.
        ShotCounter truthShots = shots.Fork();
        var gradientAndA = new double[settings.Points];
        var halves = new double[settings.Points];
        double truthCosine = 0, plateau = 0;
        for (int p = 0; p < settings.Points; p++)
        {
            var probe = new GradientProbe(twin, plan, driveRange, device.Description, settings.Directions, step, lowPassed: p % 2 == 1, random);
            double[][] measured = new double[settings.Repeats][];
            double[] predicted = [];
            for (int r = 0; r < settings.Repeats; r++) { (measured[r], predicted) = await probe.RunAsync(device, step, shots, cancellation); }
            double[] a = Mean(measured, 0), b = Mean(measured, 1);
            gradientAndA[p] = (Cosine(predicted, a) + Cosine(predicted, b)) / 2;
            halves[p] = Cosine(a, b);
            if (truth is not null)
            {
                (double[] exact, double[] asked) = await probe.RunAsync(truth, step, truthShots, cancellation);
                (double[] half, _) = await probe.RunAsync(truth, step / 2, truthShots, cancellation);
                truthCosine += Cosine(asked, exact) / settings.Points;
                plateau += Cosine(exact, half) / settings.Points;
            }
        }

        (double low, double high) = Interval(gradientAndA, halves, random);
        return new FidelityReport(
            deviceNrmse, gradientAndA.Average() / Math.Sqrt(halves.Average()), low, high, halves.Average(),
            truthNrmse, truth is null ? null : truthCosine, truth is null ? null : plateau, step, (int)(device.Usage.Passes - before));
    }

    // The prediction takes the difference that was really applied, so few steps of a coarse converter will do.
    private static double StepVolts(int converterSteps, double converterStepVolts, double spanVolts)
    {
        const double Share = 0.02;
        double asked = converterStepVolts > 0 ? converterSteps * converterStepVolts : Share * spanVolts;
        return asked <= spanVolts / 4 ? asked : Math.Max(2 * converterStepVolts, Share * spanVolts);
    }

    private static async Task<(double Device, double? Truth)> ValueErrorAsync(
        IPhysicalSystem device, IPhysicalSystem? truth, ITwin twin, SlotPlan plan, VoltRange range, FidelitySettings settings, SeededRandom random,
        ShotCounter shots, CancellationToken cancellation)
    {
        // Twenty draws of the actuators, as they vary from layer to layer.
        const int Calls = 20;
        int perCall = Math.Max(1, settings.ValueShots / Calls);
        ShotSet measured = new(), exact = new();
        for (int call = 0; call < Calls; call++)
        {
            float[] unit = new float[perCall * plan.Slots], actuatorUnit = new float[device.Description.ActuatorCount];
            RandomShots.Fill(random, perCall, plan.Slots, unit);
            foreach (ref float u in actuatorUnit.AsSpan()) { u = random.NextSingle(); }
            Stimulus stimulus = RandomShots.ToStimulus(shots.Take(perCall), unit, actuatorUnit, perCall, plan, range, device.Description);
            measured.Add(await device.RunAsync(stimulus, cancellation), plan);
            if (truth is not null) { exact.Add(await truth.RunAsync(stimulus, cancellation), plan); }
        }

        return (TwinFitting.Nrmse(twin, measured), truth is null ? null : TwinFitting.Nrmse(twin, exact));
    }

    // Resamples the points: they are the independent draws, the directions through one point are not.
    private static (double Low, double High) Interval(double[] gradientAndA, double[] halves, SeededRandom random)
    {
        double[] figures = new double[BootstrapSamples];
        for (int i = 0; i < figures.Length; i++)
        {
            double top = 0, bottom = 0;
            for (int p = 0; p < halves.Length; p++)
            {
                int drawn = random.NextInt32(halves.Length);
                top += gradientAndA[drawn] / halves.Length;
                bottom += halves[drawn] / halves.Length;
            }

            figures[i] = top / Math.Sqrt(bottom);
        }

        Array.Sort(figures);
        return (figures[(int)(0.025 * figures.Length)], figures[(int)(0.975 * figures.Length)]);
    }

    private static double[] Mean(double[][] repeats, int parity)
    {
        double[] mean = new double[repeats[0].Length];
        for (int r = parity; r < repeats.Length; r += 2)
        {
            for (int i = 0; i < mean.Length; i++) { mean[i] += repeats[r][i] * 2 / repeats.Length; }
        }

        return mean;
    }

    internal static double Cosine(double[] a, double[] b)
    {
        double ab = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.Length; i++) { (ab, aa, bb) = (ab + (a[i] * b[i]), aa + (a[i] * a[i]), bb + (b[i] * b[i])); }
        return ab / Math.Sqrt(aa * bb);
    }
}
