using PnnEdge.Physics.Numeric;

namespace PnnEdge.Physics.Plate;

/// <summary>The plate's equations alone at one set of constants, with their exact discrete derivative.</summary>
/// <remarks>
/// Forward has the bits of a <see cref="PlateBench"/> with <see cref="PlateBenchOptions.Ideal"/>; the derivative is that of the
/// same single-precision steps. Drives reach as far as the bench's; there are no actuators.
/// </remarks>
public sealed class PlateModel : TiledModel
{
    private readonly PlateRig _rig;
    private readonly PlateVjp[] _perWorker;

    /// <param name="threads">How many threads compute a batch; the result does not depend on it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public PlateModel(in PlateParameters parameters, int threads)
        : this(new PlateRig(parameters), PlateConstants.Of(parameters), threads)
    {
    }

    private PlateModel(PlateRig rig, IReadOnlyList<PhysicalConstant> constants, int threads)
        : base(new PlateBench(PlateBenchOptions.Ideal with { Parameters = rig.Parameters, Threads = threads }, rig), constants, threads)
    {
        _rig = rig;
        _perWorker = [.. Enumerable.Range(0, threads).Select(_ => new PlateVjp())];
    }

    private protected override IPhysicsModel At(ReadOnlySpan<double> values, PhysicalConstant[] moved, int threads) =>
        new PlateModel(_rig.WithSameModes(PlateConstants.At(_rig.Parameters, values)), moved, threads);

    private protected override int ShotsPerTile(int shots, int workers) => PlateForward.Lanes;

    private protected override void Back(int worker, int firstShot, int shots, ReadOnlySpan<float> drive, Span<float> gradient)
    {
        PlateVjp vjp = _perWorker[worker];
        int samplesPerShot = drive.Length / shots;
        Span<float> laneDrive = vjp.Drive(samplesPerShot), laneGradient = vjp.Gradient(samplesPerShot);
        for (int lane = 0; lane < PlateForward.Lanes; lane++)
        {
            vjp.Plate.Set(lane, _rig, 1, 1);
        }

        LaneRows.Spread(drive, samplesPerShot, laneDrive);
        LaneRows.Spread(gradient, samplesPerShot, laneGradient);
        vjp.Run(samplesPerShot, _rig.StepsPerSample);
        LaneRows.Gather(laneGradient, samplesPerShot, gradient);
    }
}
