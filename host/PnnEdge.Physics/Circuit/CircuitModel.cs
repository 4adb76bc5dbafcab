using PnnEdge.Physics.Numeric;

namespace PnnEdge.Physics.Circuit;

/// <summary>The equations of circuit or ladder alone at one set of constants, with their exact discrete derivative.</summary>
/// <remarks>
/// Forward has the bits of a <see cref="CircuitBench"/> with <see cref="CircuitBenchOptions.Ideal"/>. The derivative is that of
/// the same RK4 steps, refined where they were, in single precision; drives reach as far as the bench's. Its one actuator is the bias,
/// added to the drive of a circuit and not to that of a ladder.
/// </remarks>
public sealed class CircuitModel : TiledModel
{
    private readonly CircuitParameters _parameters;
    private readonly bool _hasBias;
    private readonly CircuitVjp[] _perWorker;
    private readonly LaneCircuit _circuit;
    private readonly float[] _bias = new float[CircuitForward.MaxShots];

    /// <param name="threads">How many threads compute a batch; the result does not depend on it.</param>
    /// <param name="hasBias">The actuator is there.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public CircuitModel(in CircuitParameters parameters, int threads, bool hasBias = true)
        : this(parameters, CircuitConstants.Of(parameters), threads, hasBias)
    {
    }

    private CircuitModel(in CircuitParameters parameters, IReadOnlyList<PhysicalConstant> constants, int threads, bool hasBias)
        : base(new CircuitBench(CircuitBenchOptions.Ideal with { Parameters = parameters, HasBias = hasBias, Threads = threads }), constants, threads)
    {
        (_parameters, _hasBias) = (parameters, hasBias);
        _circuit.SetAll(parameters);
        _perWorker = [.. Enumerable.Range(0, threads).Select(_ => new CircuitVjp())];
    }

    private protected override IPhysicsModel At(ReadOnlySpan<double> values, PhysicalConstant[] moved, int threads) =>
        new CircuitModel(CircuitConstants.At(_parameters, values), moved, threads, _hasBias);

    private protected override void BeginBatch(ReadOnlySpan<float> actuatorVolts) => _bias.AsSpan().Fill(_hasBias ? CircuitBench.BiasShare(_parameters) * actuatorVolts[0] : 0);

    private protected override int ShotsPerTile(int shots, int workers) => CircuitForward.ShotsPerCall(shots, workers);

    private protected override void Back(int worker, int firstShot, int shots, ReadOnlySpan<float> drive, Span<float> gradient)
    {
        CircuitVjp vjp = _perWorker[worker];
        int lanes = CircuitForward.LanesFor(shots);
        int samplesPerShot = drive.Length / shots;
        Span<float> laneGradient = vjp.Gradient(lanes, samplesPerShot);
        LaneRows.Spread(drive, _bias.AsSpan(0, shots), samplesPerShot, vjp.Drive(lanes, samplesPerShot));
        LaneRows.Spread(gradient, samplesPerShot, laneGradient);
        vjp.Run(_circuit, lanes, samplesPerShot);
        LaneRows.Gather(laneGradient, samplesPerShot, gradient);
    }

    // The bias goes to every sample. Shot by shot, so that no thread's pace shows in the sum.
    private protected override void EndBatch(int samplesPerShot, ReadOnlySpan<float> ddrive, Span<float> dactuators)
    {
        if (!_hasBias) { return; }
        double sum = 0;
        for (int at = 0; at < ddrive.Length; at += samplesPerShot)
        {
            double shot = 0;
            foreach (float value in ddrive.Slice(at, samplesPerShot))
            {
                shot += value;
            }

            sum += shot;
        }

        dactuators[0] = CircuitBench.BiasShare(_parameters) * (float)sum;
    }
}
