using PnnEdge.Cli.Rendering;
using PnnEdge.Physics;
using PnnEdge.Training.Experiments;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;
using PnnEdge.Training.Twins.Noise;
using PnnEdge.Twins.Physics;

namespace PnnEdge.Cli.Runs;

/// <summary>What methods beside physics-aware training need: the system's nominal equations, and its noise.</summary>
internal static class SeedRig
{
    private const int NoiseInputs = 200;
    private const int NoiseRepeats = 8;

    /// <summary>Shots that <see cref="NoiseAsync"/> plays.</summary>
    public const int NoisePasses = NoiseInputs * NoiseRepeats;

    private static readonly TwinFitSettings NoiseFit = new() { Shots = NoisePasses, ShotsPerCall = NoiseInputs / 10, HiddenWidths = [16], Epochs = 20, BatchShots = 32 };

    /// <exception cref="PhysicalSystemException">There are none.</exception>
    public static GreyBoxTwin Nominal(Func<IPhysicsModel>? equations, ExperimentSettings settings, SystemDescription system, string what)
    {
        IPhysicsModel model = equations?.Invoke() ?? throw new PhysicalSystemException($"{what} needs the equations of {system.Name}; there are none here.");
        VoltRange range = settings.UsedRange(system);
        return new GreyBoxTwin(model, settings.Plan(), Math.Clamp(0, range.MinVolts, range.MaxVolts));
    }

    /// <summary>Repeats tell noise from what a twin misses.</summary>
    public static async Task<NoiseTwin> NoiseAsync(
        IPhysicalSystem system, ExperimentSettings settings, ulong seed, ulong firstShot, IProgressView view, CancellationToken cancellation)
    {
        view.Report(new StageProgress(seed, "measuring noise", 0, 1, string.Empty, double.NaN));
        ShotSet repeated = await NoiseShots.PlayAsync(
            system, settings.Plan(), settings.UsedRange(system.Description), NoiseInputs, NoiseRepeats, NoiseInputs / 10, seed, firstShot, cancellation);
        var noise = NoiseTwin.Fit(NoiseShots.FromRepeats(repeated, NoiseRepeats), settings.Plan(), NoiseFit, seed, cancellation);
        view.Report(new StageProgress(seed, "measuring noise", 1, 1, string.Empty, double.NaN));
        return noise;
    }
}
