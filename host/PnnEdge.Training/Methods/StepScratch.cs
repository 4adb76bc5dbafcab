using PnnEdge.Training.Networks;

namespace PnnEdge.Training.Methods;

/// <summary>Gradients of one step; kept from step to step so that a step allocates none of them.</summary>
internal sealed class StepScratch
{
    private float[] _logits = [];
    private float[] _carried = [];
    private float[] _windows = [];
    private float[] _unit = [];
    private float[] _penalty = [];
    private float[] _slots = [];
    private float[] _actuators = [];
    private float[] _input = [];
    private int _shots;
    private NetworkShape _shape = null!;

    public Span<float> Logits => _logits.AsSpan(0, _shots * _shape.Classes);

    public Span<float> Carried => _carried.AsSpan(0, _shots * _shape.Carried);

    public Span<float> Windows => _windows.AsSpan(0, _shots * _shape.Carried);

    public Span<float> Unit => _unit.AsSpan(0, _shots * _shape.Units);

    public Span<float> Penalty => _penalty.AsSpan(0, _shots * _shape.Units);

    public Span<float> Slots => _slots.AsSpan(0, _shots * _shape.Branches * _shape.Plan.Slots);

    public Span<float> Actuators => _actuators.AsSpan(0, _shape.ActuatorCount);

    public Span<float> Input(int inputs) => _input.AsSpan(0, _shots * inputs);

    public void Resize(NetworkShape shape, int shots)
    {
        (_shape, _shots) = (shape, shots);
        LayerTape.Grow(ref _logits, shots * shape.Classes);
        LayerTape.Grow(ref _carried, shots * shape.Carried);
        LayerTape.Grow(ref _windows, shots * shape.Carried);
        LayerTape.Grow(ref _unit, shots * shape.Units);
        LayerTape.Grow(ref _penalty, shots * shape.Units);
        LayerTape.Grow(ref _slots, shots * shape.Branches * shape.Plan.Slots);
        LayerTape.Grow(ref _actuators, shape.ActuatorCount);
        LayerTape.Grow(ref _input, shots * Math.Max(shape.Features, shape.Carried));
    }
}
