namespace PnnEdge.Training.Networks;

/// <summary>What one layer did to a mini-batch: all that its reverse needs. Reused from step to step; it grows to the largest batch.</summary>
public sealed class LayerTape
{
    private float[] _input = [];
    private float[] _unit = [];
    private float[] _applied = [];
    private float[] _windows = [];
    private int _shots;
    private int _inputs;
    private NetworkShape _shape = null!;

    /// <summary>[shot, input], 1: the features, or what the layer before carried.</summary>
    public Span<float> Input => _input.AsSpan(0, _shots * _inputs);

    /// <summary>[shot, branch, data slot], 1, before clamping.</summary>
    public Span<float> Unit => _unit.AsSpan(0, _shots * _shape.Units);

    /// <summary>[shot, branch, slot], V, as really applied.</summary>
    public Span<float> Applied => _applied.AsSpan(0, _shots * _shape.Branches * _shape.Plan.Slots);

    /// <summary>[actuator], V, as really set.</summary>
    public float[] AppliedActuators { get; set; } = [];

    /// <summary>[shot, branch, window], V, as measured.</summary>
    public Span<float> Windows => _windows.AsSpan(0, _shots * _shape.Carried);

    public void Resize(NetworkShape shape, int shots, int inputs)
    {
        (_shape, _shots, _inputs) = (shape, shots, inputs);
        Grow(ref _input, shots * inputs);
        Grow(ref _unit, shots * shape.Units);
        Grow(ref _applied, shots * shape.Branches * shape.Plan.Slots);
        Grow(ref _windows, shots * shape.Carried);
    }

    internal static void Grow(ref float[] values, int needed)
    {
        if (values.Length < needed) { values = new float[needed]; }
    }
}
