using PnnEdge.Numerics.Chance;
using PnnEdge.Numerics.Linear;
using PnnEdge.Numerics.Threading;
using PnnEdge.Training.Networks;

namespace PnnEdge.Training.Twins.Convolution;

/// <summary>A causal temporal convolution: the same small layers at every step of a shot, each seeing its past; actuators enter as biases.</summary>
/// <remarks>
/// The first layer is linear in the slots; each further one adds a tanh of what lies below it, now and a while ago. One shot's numbers do not
/// depend on the batch, and gradients are summed block by block in order, so neither threads nor batches change a bit of a result.
/// </remarks>
public sealed class ConvolutionTwin : ITrainableTwin
{
    // Two shots of 200 steps and 16 channels: what a block touches stays in a second-level cache of 512 KiB.
    private const int BlockShots = 2;

    private readonly ConvolutionShape _shape;
    private readonly TwinScale _scale;
    private readonly TileWorkers _workers;
    private readonly ConvolutionBlock?[] _blocks; // [worker]
    private readonly BlockWork _forward, _vjp, _lossGradient; // made once: a step allocates nothing
    private float[] _x = []; // [shot, slot then actuator], V
    private float[] _dx = [];
    private float[] _y = []; // [shot, window], V: modelled, wanted or given
    private float[][] _gradients = []; // [block][parameter]
    private double[] _losses = []; // [block]
    private int _shots;
    private BlockWork _work;

    /// <param name="scale">One input for all slots, then one for each actuator; one output for each window of a step.</param>
    /// <param name="seed">For the start weights.</param>
    public ConvolutionTwin(ConvolutionShape shape, TwinScale scale, ulong seed)
    {
        (_shape, _scale) = (shape, scale);
        if (scale.InputCentreVolts.Length != 1 + shape.Actuators || scale.OutputCentreVolts.Length != shape.WindowsPerStep)
        {
            throw new ArgumentException(
                $"A scale of {scale.InputCentreVolts.Length} inputs and {scale.OutputCentreVolts.Length} outputs does not fit {shape.Actuators} actuators and {shape.WindowsPerStep} windows of a step.",
                nameof(scale));
        }

        _workers = new TileWorkers(Environment.ProcessorCount, RunBlock);
        _blocks = new ConvolutionBlock?[_workers.Count];
        (_forward, _vjp, _lossGradient) = (ForwardBlock, VjpBlock, LossGradientBlock);
        _work = _forward;
        Parameters = new float[shape.ParameterCount];
        var random = new SeededRandom(seed, stream: 0x717);
        foreach (ConvolutionLayer layer in shape.Layers)
        {
            float spread = MathF.Sqrt(1f / layer.Taps);
            foreach (ref float weight in layer.Weight.Of(Parameters)) { weight = spread * (float)random.NextNormal(); }
            foreach (ref float weight in layer.Actuators.Of(Parameters)) { weight = spread * (float)random.NextNormal(); }
        }

        float last = MathF.Sqrt(1f / shape.Widths[^1]);
        foreach (ref float weight in shape.LastWeight.Of(Parameters)) { weight = last * (float)random.NextNormal(); }
    }

    public ConvolutionShape Shape => _shape;

    public TwinScale Scale => _scale;

    public float[] Parameters { get; }

    public int Slots => _shape.Slots;

    public int Actuators => _shape.Actuators;

    public int Outputs => _shape.Windows;

    public ParameterSegment LastLayer => new("last", _shape.LastWeight.Start, _shape.LastWeight.Length + _shape.LastBias.Length);

    public int LastFeatures => _shape.Widths[^1];

    public int RowsPerShot => _shape.Steps;

    public long MultiplyAddsPerShot => (long)_shape.Rows * (_shape.Layers.Sum(layer => layer.Weight.Length) + _shape.LastWeight.Length);

    private int Inputs => Slots + Actuators;

    /// <summary>On so many shots of the call, from the first.</summary>
    private delegate void BlockWork(ConvolutionBlock block, int first, int count);

    public void Forward(ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots, Span<float> y)
    {
        Join(slots, actuators, shots);
        InBlocks(shots, _forward);
        _y.AsSpan(0, shots * Outputs).CopyTo(y);
    }

    public void Vjp(
        ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots, ReadOnlySpan<float> dy, Span<float> dslots, Span<float> dactuators)
    {
        Join(slots, actuators, shots);
        dy.CopyTo(_y);
        InBlocks(shots, _vjp);
        dactuators.Clear();
        for (int s = 0; s < shots; s++)
        {
            ReadOnlySpan<float> row = _dx.AsSpan(s * Inputs, Inputs);
            row[..Slots].CopyTo(dslots[(s * Slots)..]);
            Rows.Add(row[Slots..], dactuators);
        }
    }

    public double LossGradient(ReadOnlySpan<float> x, ReadOnlySpan<float> target, int shots, Span<float> gradient)
    {
        Take(x, target, shots);
        int blocks = (shots + BlockShots - 1) / BlockShots;
        while (_gradients.Length < blocks) { _gradients = [.. _gradients, new float[Parameters.Length]]; }
        if (_losses.Length < blocks) { _losses = new double[blocks]; }
        InBlocks(shots, _lossGradient);
        gradient.Clear();
        double loss = 0;
        for (int b = 0; b < blocks; b++)
        {
            Rows.Add(_gradients[b], gradient);
            loss += _losses[b];
        }

        return loss / (shots * Outputs);
    }

    public void LastLayerRows(ReadOnlySpan<float> x, ReadOnlySpan<float> target, int shots, Span<float> features, Span<float> missing)
    {
        Take(x, target, shots);
        for (int first = 0; first < shots; first += BlockShots)
        {
            int count = Math.Min(BlockShots, shots - first), width = LastFeatures, steps = _shape.Steps;
            ConvolutionBlock block = BlockOf(worker: 0);
            block.Forward(_x.AsSpan(first * Inputs, count * Inputs), count, Parameters);
            ConvolutionReadout.Miss(_y.AsSpan(first * Outputs, count * Outputs), count, _shape, _scale, share: -1, block.Last);
            for (int s = 0; s < count; s++)
            {
                int row = (s * _shape.Rows) + _shape.FirstReadRow;
                block.LastLayerInput.Slice(row * width, steps * width).CopyTo(features[((first + s) * steps * width)..]);
                block.Last.Slice(row * _shape.WindowsPerStep, Outputs).CopyTo(missing[((first + s) * Outputs)..]);
            }
        }
    }

    // Blocks run side by side; each writes to its own shots.
    private void InBlocks(int shots, BlockWork work)
    {
        (_shots, _work) = (shots, work);
        _workers.Run((shots + BlockShots - 1) / BlockShots);
    }

    private void RunBlock(int worker, int index)
    {
        int first = index * BlockShots;
        _work(BlockOf(worker), first, Math.Min(BlockShots, _shots - first));
    }

    private ConvolutionBlock BlockOf(int worker) => _blocks[worker] ??= new ConvolutionBlock(_shape, _scale, BlockShots);

    private void ForwardBlock(ConvolutionBlock block, int first, int count)
    {
        block.Forward(_x.AsSpan(first * Inputs, count * Inputs), count, Parameters);
        ConvolutionReadout.Forward(block.Last, count, _shape, _scale, _y.AsSpan(first * Outputs, count * Outputs));
    }

    private void VjpBlock(ConvolutionBlock block, int first, int count)
    {
        block.Forward(_x.AsSpan(first * Inputs, count * Inputs), count, Parameters);
        ConvolutionReadout.Vjp(_y.AsSpan(first * Outputs, count * Outputs), count, _shape, _scale, block.Last);
        block.Vjp(count, Parameters, _dx.AsSpan(first * Inputs, count * Inputs));
    }

    private void LossGradientBlock(ConvolutionBlock block, int first, int count)
    {
        int index = first / BlockShots;
        block.Forward(_x.AsSpan(first * Inputs, count * Inputs), count, Parameters);
        _losses[index] = ConvolutionReadout.Miss(_y.AsSpan(first * Outputs, count * Outputs), count, _shape, _scale, 2f / (_shots * Outputs), block.Last);
        Array.Clear(_gradients[index]);
        block.ParameterVjp(count, Parameters, _gradients[index]);
    }

    private void Take(ReadOnlySpan<float> x, ReadOnlySpan<float> y, int shots)
    {
        Grow(shots);
        x[..(shots * Inputs)].CopyTo(_x);
        y[..(shots * Outputs)].CopyTo(_y);
    }

    private void Join(ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots)
    {
        Grow(shots);
        for (int s = 0; s < shots; s++)
        {
            slots.Slice(s * Slots, Slots).CopyTo(_x.AsSpan(s * Inputs));
            actuators.CopyTo(_x.AsSpan((s * Inputs) + Slots));
        }
    }

    private void Grow(int shots)
    {
        if (_x.Length < shots * Inputs) { (_x, _dx) = (new float[shots * Inputs], new float[shots * Inputs]); }
        if (_y.Length < shots * Outputs) { _y = new float[shots * Outputs]; }
    }
}
