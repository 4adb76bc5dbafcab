namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>
/// The undepleted system with the nominal unit's pixels, for ideal backpropagation and for fitting. A sample's volts are
/// an amplitude (1 V is amplitude 1) while the 100 pixels load, and a bin's reading in the 50 samples behind them.
/// </summary>
/// <remarks>
/// Forward has the bits of a <see cref="SecondHarmonicBench"/> with <see cref="SecondHarmonicBenchOptions.Ideal"/>. Amplitudes reach as
/// far as the bench's; there are no actuators. It is smooth in each of its constants.
/// </remarks>
public sealed class SecondHarmonicModel : TiledModel
{
    private readonly SecondHarmonicParameters _parameters;
    private readonly OpticalTable _table;
    private readonly SecondHarmonicVjp[] _perWorker;

    /// <param name="threads">How many threads compute a batch; the result does not depend on it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public SecondHarmonicModel(in SecondHarmonicParameters parameters, int threads)
        : this(parameters, SecondHarmonicConstants.Of(parameters), threads)
    {
    }

    private SecondHarmonicModel(in SecondHarmonicParameters parameters, IReadOnlyList<PhysicalConstant> constants, int threads)
        : this(parameters, OpticalTable.Of(SecondHarmonicParameterRanges.Require(parameters), SecondHarmonicUnit.Nominal.PixelGains), constants, threads)
    {
    }

    private SecondHarmonicModel(in SecondHarmonicParameters parameters, OpticalTable table, IReadOnlyList<PhysicalConstant> constants, int threads)
        : base(new SecondHarmonicBench(SecondHarmonicBenchOptions.Ideal with { Parameters = parameters, Threads = threads }, table), constants, threads)
    {
        _parameters = parameters;
        _table = table;
        _perWorker = [.. Enumerable.Range(0, threads).Select(_ => new SecondHarmonicVjp())];
    }

    private protected override IPhysicsModel At(ReadOnlySpan<double> values, PhysicalConstant[] moved, int threads) =>
        new SecondHarmonicModel(SecondHarmonicConstants.At(_parameters, values), moved, threads);

    private protected override int ShotsPerTile(int shots, int workers) => SecondHarmonicForward.MaxShots;

    // The gradient is read before it is overwritten.
    private protected override void Back(int worker, int firstShot, int shots, ReadOnlySpan<float> drive, Span<float> gradient) =>
        _perWorker[worker].Run(_table, shots, drive, gradient, gradient);
}
