using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Methods;

/// <summary>One mini-batch through all layers of a physical system; keeps what the reverse needs.</summary>
public sealed class ForwardPass
{
    private readonly PhysicalNetwork _network;
    private readonly TimeProvider _time;
    private readonly LayerTape[] _tapes;
    private float[] _volts = [];
    private float[] _carried = [];
    private float[] _logits = [];

    public ForwardPass(PhysicalNetwork network, TimeProvider time)
    {
        (_network, _time) = (network, time);
        _tapes = [.. Enumerable.Range(0, network.Shape.Layers).Select(_ => new LayerTape())];
    }

    public IReadOnlyList<LayerTape> Tapes => _tapes;

    /// <summary>[shot, branch, window]: what the last layer carried.</summary>
    public Span<float> Carried => _carried.AsSpan(0, Shots * _network.Shape.Carried);

    /// <summary>[shot, class].</summary>
    public Span<float> Logits => _logits.AsSpan(0, Shots * _network.Shape.Classes);

    public int Shots { get; private set; }

    /// <summary>Slots and actuators clamped to their range in this pass, over all layers and shots.</summary>
    public int Clamped { get; private set; }

    /// <summary>Time spent waiting for the system in this pass: physics and, where there is one, the link.</summary>
    public TimeSpan SystemTime { get; private set; }

    /// <param name="features">[shot, feature].</param>
    /// <param name="shotsOfLayer">Logical index of the first shot of each layer.</param>
    public Task RunAsync(IPhysicalSystem system, ReadOnlyMemory<float> features, int shots, Func<int, ulong> shotsOfLayer, CancellationToken cancellation)
    {
        _tapes[0].Resize(_network.Shape, shots, _network.InputsOf(0));
        features.Span.CopyTo(_tapes[0].Input);
        return FromAsync(0, system, shots, shotsOfLayer, cancellation);
    }

    /// <summary>From one layer on, with the input that it had in another pass.</summary>
    /// <param name="from">A pass of the same network, whose layers before that one stand.</param>
    public Task ReplayAsync(IPhysicalSystem system, ForwardPass from, int layer, Func<int, ulong> shotsOfLayer, CancellationToken cancellation)
    {
        _tapes[layer].Resize(_network.Shape, from.Shots, _network.InputsOf(layer));
        from._tapes[layer].Input.CopyTo(_tapes[layer].Input);
        return FromAsync(layer, system, from.Shots, shotsOfLayer, cancellation);
    }

    private async Task FromAsync(int first, IPhysicalSystem system, int shots, Func<int, ulong> shotsOfLayer, CancellationToken cancellation)
    {
        NetworkShape shape = _network.Shape;
        (Shots, Clamped, SystemTime) = (shots, 0, TimeSpan.Zero);
        LayerTape.Grow(ref _carried, shots * shape.Carried);
        LayerTape.Grow(ref _logits, shots * shape.Classes);
        int played = shots * shape.Branches, samples = system.Description.StimulusSamples;
        if (_volts.Length != played * samples) { _volts = new float[played * samples]; }
        for (int layer = first; layer < shape.Layers; layer++)
        {
            LayerTape tape = _tapes[layer];
            if (layer > first)
            {
                tape.Resize(shape, shots, _network.InputsOf(layer));
                _network.PassOn(Carried, shots, tape.Input); // what the layer before measured
            }

            (float[] actuatorVolts, int clamped) = _network.Encode(layer, tape, shots, _volts);
            long asked = _time.GetTimestamp();
            Measurement measured = await system.RunAsync(new Stimulus(shotsOfLayer(layer), played, _volts, actuatorVolts), cancellation);
            SystemTime += _time.GetElapsedTime(asked);
            _network.Decode(layer, measured, tape, Carried);
            Clamped += clamped;
        }

        _network.Read(Carried, shots, Logits);
    }
}
