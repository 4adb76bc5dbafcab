using PnnEdge.Numerics.Chance;
using PnnEdge.Physics;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.Twins.Physics;

/// <summary>
/// Fits the handful of constants of a system's equations, and the gain and offset of its readout, to measured shots: Levenberg–Marquardt with
/// central differences over the constants, from constants that are wrong on purpose where that is asked.
/// </summary>
public static class GreyBoxFitting
{
    // Ours: a few hundred shots fix a handful of constants far better than the equations themselves are right.
    private const int MostShots = 300;
    private const double FirstDamping = 1e-3;

    /// <summary>What <see cref="TwinFitting"/> asks for, closed over the equations.</summary>
    /// <param name="nominal">The system as its builder knows it; its constants are what a start is wrong about.</param>
    /// <param name="measurementRange">Where the measuring converter cuts.</param>
    public static GreyBoxFit For(IPhysicsModel nominal, SlotPlan plan, VoltRange driveRange, VoltRange measurementRange) =>
        (fitted, settings, seed, progress, cancellation) => Run(
            nominal, plan, Math.Clamp(0, driveRange.MinVolts, driveRange.MaxVolts), measurementRange, fitted, settings, seed, progress, cancellation);

    /// <param name="restVolts">What the drive rests at behind the last slot.</param>
    /// <param name="measurementRange">Where the measuring converter cuts.</param>
    /// <param name="fitted">Of these the first few hundred shots are used, in whole calls.</param>
    public static GreyBoxTwin Run(
        IPhysicsModel nominal, SlotPlan plan, float restVolts, VoltRange measurementRange, ShotSet fitted, TwinFitSettings settings, ulong seed,
        IProgress<TwinFitProgress>? progress, CancellationToken cancellation)
    {
        var problem = new GreyBoxProblem(nominal, plan, restVolts, measurementRange, FirstShots(fitted), settings.FitConstants);
        GreyBoxPoint point = problem.At([.. Start(nominal.Constants, settings.ConstantError, seed), 1, 0])
            ?? throw new ArgumentException($"Model {nominal.Name} cannot be computed at constants {settings.ConstantError:P0} off; ask for a smaller twin.constant_error.");
        point = GreyBoxSteps.Run(
            problem, point, settings.Epochs, FirstDamping,
            (done, at) => progress?.Report(new TwinFitProgress("fit", done, settings.Epochs, at.SquaredError / problem.SquaredSpread)), cancellation);
        return problem.TwinAt(point.Values);
    }

    /// <summary>Each constant moved up or down by this share of itself, or of a tenth of its range where that is more; kept in its range.</summary>
    /// <returns>[constant].</returns>
    public static double[] Start(IReadOnlyList<PhysicalConstant> constants, double relativeError, ulong seed)
    {
        var random = new SeededRandom(seed, stream: 0x62E1);
        return [.. constants.Select(c =>
            Math.Clamp(c.Value + ((random.NextInt32(2) == 0 ? -1 : 1) * relativeError * GreyBoxProblem.ScaleOf(c)), c.Min, c.Max))];
    }

    private static ShotSet FirstShots(ShotSet shots)
    {
        var first = new ShotSet();
        foreach (ShotCall call in shots.Calls)
        {
            if (first.Count >= MostShots) { break; }
            first.Add(call);
        }

        return first;
    }
}
