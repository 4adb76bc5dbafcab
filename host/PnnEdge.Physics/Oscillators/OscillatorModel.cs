using System.Numerics.Tensors;

namespace PnnEdge.Physics.Oscillators;

/// <summary>
/// The oscillators' equations, differentiable and free of noise. Same time axis as <see cref="OscillatorBench"/>: N samples load,
/// N read; the derivative with respect to the drive is 0 while it reads.
/// </summary>
/// <remarks>
/// Forward has the bits of an <see cref="OscillatorBench"/> with <see cref="OscillatorBenchOptions.Ideal"/>. Amplitudes and actuators
/// reach as far as the bench's.
/// </remarks>
public sealed class OscillatorModel : TiledModel
{
    // Their sums wait for their turn.
    private const int TilesAtOncePerWorker = 2;

    private readonly OscillatorParameters _parameters;
    private readonly OscillatorUnit _nominal;
    private readonly OscillatorField _field;
    private readonly OscillatorVjp[] _perWorker;
    private readonly float[][] _dcoupling;
    private readonly float[][] _dforce;
    private readonly float[] _dcouplingSum;
    private readonly float[] _dforceSum;

    /// <param name="threads">How many threads compute a batch; the result does not depend on it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public OscillatorModel(in OscillatorParameters parameters, int threads)
        : this(parameters, OscillatorConstants.Of(parameters), threads)
    {
    }

    private OscillatorModel(OscillatorParameters parameters, IReadOnlyList<PhysicalConstant> constants, int threads)
        : base(new OscillatorBench(OscillatorBenchOptions.Ideal with { Parameters = parameters, Threads = threads }), constants, threads)
    {
        _parameters = parameters;
        _nominal = OscillatorUnit.Nominal(parameters.Count);
        _field = new OscillatorField(parameters.Count);
        _perWorker = [.. Enumerable.Range(0, threads).Select(_ => new OscillatorVjp(parameters.Count, parameters.Steps))];
        TilesAtOnce = TilesAtOncePerWorker * threads;
        _dcoupling = [.. Enumerable.Range(0, TilesAtOnce).Select(_ => new float[_field.Coupling.Length])];
        _dforce = [.. Enumerable.Range(0, TilesAtOnce).Select(_ => new float[_field.Stride])];
        _dcouplingSum = new float[_field.Coupling.Length];
        _dforceSum = new float[_field.Stride];
    }

    private protected override int TilesAtOnce { get; }

    private protected override IPhysicsModel At(ReadOnlySpan<double> values, PhysicalConstant[] moved, int threads) =>
        new OscillatorModel(OscillatorConstants.At(_parameters, values), moved, threads);

    private protected override int ShotsPerTile(int shots, int workers) => OscillatorVjp.ShotsPerTile;

    private protected override void BeginBatch(ReadOnlySpan<float> actuatorVolts)
    {
        _field.Set(actuatorVolts, _nominal, (float)_parameters.CouplingScale);
        _dcouplingSum.AsSpan().Clear();
        _dforceSum.AsSpan().Clear();
    }

    private protected override void Back(int worker, int firstShot, int shots, ReadOnlySpan<float> drive, Span<float> gradient)
    {
        int n = _parameters.Count;
        OscillatorVjp vjp = _perWorker[worker];
        for (int row = 0; row < shots; row++)
        {
            int at = row * 2 * n;
            vjp.Load(row, Steepness, drive.Slice(at, n), gradient.Slice(at + n, n));
        }

        int waiting = firstShot / OscillatorVjp.ShotsPerTile % TilesAtOnce;
        vjp.Run(_field, shots, (float)_parameters.StepRadians, _dcoupling[waiting], _dforce[waiting]);
        for (int row = 0; row < shots; row++)
        {
            Span<float> ddrive = gradient.Slice(row * 2 * n, 2 * n);
            vjp.Result(row).CopyTo(ddrive);
            ddrive[n..].Clear();
        }
    }

    private protected override void EndTiles(int tiles)
    {
        for (int waiting = 0; waiting < tiles; waiting++)
        {
            TensorPrimitives.Add(_dcouplingSum, _dcoupling[waiting], _dcouplingSum);
            TensorPrimitives.Add(_dforceSum, _dforce[waiting], _dforceSum);
        }
    }

    private protected override void EndBatch(int samplesPerShot, ReadOnlySpan<float> ddrive, Span<float> dactuators) =>
        _field.SetVjp(_dcouplingSum, _dforceSum, (float)_parameters.CouplingScale, dactuators);

    private float Steepness => (float)(1 + _parameters.Nonlinearity);
}
