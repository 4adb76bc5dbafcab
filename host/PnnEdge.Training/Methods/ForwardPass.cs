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
    public async Task RunAsync(IPhysicalSystem system, ReadOnlyMemory<float> features, int shots, Func<int, ulong> shotsOfLayer, CancellationToken cancellation)
    {
        NetworkShape shape = _network.Shape;
        (Shots, Clamped, SystemTime) = (shots, 0, TimeSpan.Zero);
        LayerTape.Grow(ref _carried, shots * shape.Carried);
        LayerTape.Grow(ref _logits, shots * shape.Classes);
        int played = shots * shape.Branches, samples = system.Description.StimulusSamples;
        if (_volts.Length != played * samples) { _volts = new float[played * samples]; }
        for (int layer = 0; layer < shape.Layers; layer++)
        {
            LayerTape tape = _tapes[layer];
            tape.Resize(shape, shots, _network.InputsOf(layer));
            if (layer == 0) { features.Span.CopyTo(tape.Input); }
            else { _network.PassOn(Carried, shots, tape.Input); } // what the layer before measured

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
