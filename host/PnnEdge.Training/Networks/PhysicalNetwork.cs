using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Networks;

/// <summary>A deep physical network: the digital code around each pass through a physical system, and every trainable number.</summary>
/// <remarks>It holds no reference to a system or a twin: the same network runs on either. Each stage stands beside its reverse.</remarks>
public sealed class PhysicalNetwork
{
    private readonly LayerParameters[] _layers;
    private readonly NetworkReadout _readout;
    private readonly int[][] _sources;
    private readonly float _idleUnit;

    public PhysicalNetwork(NetworkShape shape, OutputScale scale)
    {
        Shape = shape.Checked();
        Scale = scale.MeanVolts.Length == shape.Plan.Windows && scale.SpreadVolts.Length == shape.Plan.Windows
            && scale.MeanVolts.All(float.IsFinite) && scale.SpreadVolts.All(spread => spread > 0 && float.IsFinite(spread))
            ? scale
            : throw new ArgumentException($"An output scale needs a finite mean and a spread above 0 V for each of {shape.Plan.Windows} windows.", nameof(scale));
        var layout = new ParameterLayout();
        _layers = [.. Enumerable.Range(0, shape.Layers).Select(l => LayerOf(layout, l))];
        _readout = NetworkReadout.LaidOut(shape, layout);
        _sources = [.. Enumerable.Range(0, shape.Layers).Select(
            l => Wiring.Sources(InputsOf(l), shape.Units, l, shape.Order, shape.WiringSeed, shape.ClassSlots))];
        _idleUnit = (Math.Clamp(0, shape.DriveRange.MinVolts, shape.DriveRange.MaxVolts) - shape.DriveRange.MinVolts)
            / (shape.DriveRange.MaxVolts - shape.DriveRange.MinVolts);
        Layout = layout;
        Parameters = new float[layout.Count];
    }

    public NetworkShape Shape { get; }

    public OutputScale Scale { get; }

    public ParameterLayout Layout { get; }

    /// <summary>[parameter]: every trainable number, laid out by <see cref="Layout"/>.</summary>
    public float[] Parameters { get; }

    public IReadOnlyList<LayerParameters> Layers => _layers;

    /// <summary>How many parameters act before or in the physics; the readout's stand behind them.</summary>
    public int BeforeReadout => _readout.At.Weight.Start;

    /// <summary>[class]: the readout as one sum each.</summary>
    public IReadOnlyList<ClassSum> ReadoutSums => _readout.Sums(Parameters);

    /// <summary>[layer][data slot of all branches]: index of the input that each carries, or <see cref="DataAffine.Idle"/>.</summary>
    public IReadOnlyList<int[]> Sources => _sources;

    /// <summary>What data slots without an input carry.</summary>
    public float IdleUnit => _idleUnit;

    /// <summary>The same network with parameters of its own.</summary>
    public PhysicalNetwork Copy()
    {
        var copy = new PhysicalNetwork(Shape, Scale);
        Parameters.CopyTo(copy.Parameters.AsSpan());
        return copy;
    }

    public int InputsOf(int layer) => layer == 0 ? Shape.Features : Shape.Carried - Shape.ClassSlots;

    /// <summary>Start values: θ across the middle of the range, actuators around its centre, features as they are, measured windows within ±2 spreads of the range.</summary>
    public void Initialise(ulong seed)
    {
        var random = new SeededRandom(seed, stream: 0x1A1);
        for (int l = 0; l < Shape.Layers; l++)
        {
            LayerParameters at = _layers[l];
            foreach (ref float theta in at.Theta.Of(Parameters)) { theta = 0.15f + (0.7f * random.NextSingle()); }
            at.Actuators.Of(Parameters).Fill(0.5f);
            if (Shape.ActuatorSpread > 0)
            {
                foreach (ref float unit in at.Actuators.Of(Parameters)) { unit += Shape.ActuatorSpread * ((2 * random.NextSingle()) - 1); }
            }

            bool dense = at.Weight.Length > 0;
            StartValues.FillNormal(random, at.Weight.Of(Parameters), 0.25 / Math.Sqrt(Shape.Features));
            at.Scale.Of(Parameters).Fill(l == 0 ? 1f : 0.25f);
            at.Offset.Of(Parameters).Fill(l == 0 && !dense ? 0f : 0.5f);
            if (Shape.KeepVolts)
            {
                float span = Shape.DriveRange.MaxVolts - Shape.DriveRange.MinVolts;
                SetLayerInput(l, 1 / span, -Shape.DriveRange.MinVolts / span);
            }

            at.Skip.Of(Parameters).Fill(Shape.SkipStart);
        }

        _readout.Initialise(random, Parameters);
    }

    /// <returns>[parameter]: a value for each, by what it is.</returns>
    /// <param name="dense">Of digital weights.</param> <param name="actuators">Of actuators.</param> <param name="edges">Of the readout's edges.</param>
    /// <param name="others">Of all else.</param>
    public float[] ByKind(float dense, float actuators, float edges, float others)
    {
        float[] values = new float[Parameters.Length];
        values.AsSpan().Fill(others);
        foreach (LayerParameters at in _layers)
        {
            at.Weight.Of(values).Fill(dense);
            at.Actuators.Of(values).Fill(actuators);
        }

        _readout.At.Weight.Of(values).Fill(dense);
        _readout.At.Edges.Of(values).Fill(edges);
        return values;
    }

    public void SetLayerInput(int layer, float scale, float offset)
    {
        _layers[layer].Scale.Of(Parameters).Fill(scale);
        _layers[layer].Offset.Of(Parameters).Fill(offset);
    }

    /// <inheritdoc cref="NetworkReadout.Standardise"/>
    public void StandardiseReadout(ReadOnlySpan<float> carried, int shots) => _readout.Standardise(carried, shots, Parameters);

    /// <summary>What the layer before carried, as this layer takes it.</summary>
    /// <param name="carried">[shot, carried].</param> <param name="input">[shot, input]; overwritten.</param>
    public void PassOn(ReadOnlySpan<float> carried, int shots, Span<float> input)
    {
        int inputs = Shape.Carried - Shape.ClassSlots;
        for (int s = 0; s < shots; s++) { carried.Slice(s * Shape.Carried, inputs).CopyTo(input[(s * inputs)..]); }
    }

    /// <param name="dinput">[shot, input].</param> <param name="dcarried">[shot, carried]; overwritten.</param>
    public void PassOnVjp(ReadOnlySpan<float> dinput, int shots, Span<float> dcarried)
    {
        int inputs = Shape.Carried - Shape.ClassSlots;
        dcarried.Clear();
        for (int s = 0; s < shots; s++) { dinput.Slice(s * inputs, inputs).CopyTo(dcarried[(s * Shape.Carried)..]); }
    }

    /// <summary>The waveform that carries a layer's input and θ.</summary>
    /// <param name="tape">Input is read, Unit is written.</param>
    /// <param name="volts">[shot, branch, sample], V; overwritten.</param>
    /// <returns>Actuator volts of the layer, and how many slots and actuators had to be clamped.</returns>
    public (float[] ActuatorVolts, int Clamped) Encode(int layer, LayerTape tape, int shots, Span<float> volts)
    {
        LayerParameters at = _layers[layer];
        if (at.Weight.Length > 0) { Dense.Forward(tape.Input, shots, at.Weight.Of(Parameters), at.Offset.Of(Parameters), tape.Unit); }
        else { DataAffine.Forward(tape.Input, shots, _sources[layer], at.Scale.Of(Parameters), at.Offset.Of(Parameters), _idleUnit, tape.Unit); }
        int clamped = SlotEncoder.Forward(tape.Unit, at.Theta.Of(Parameters), shots * Shape.Branches, Shape.Plan, Shape.DriveRange, volts);
        float[] actuators = new float[Shape.ActuatorCount];
        Span<float> units = at.Actuators.Of(Parameters);
        int a = 0;
        foreach (ActuatorPort port in Shape.Actuators)
        {
            for (int end = a + port.Count; a < end; a++) { actuators[a] = SlotEncoder.ToVolts(units[a], port.Range, ref clamped); }
        }

        return (actuators, clamped);
    }

    /// <param name="dslots">[shot, branch, slot], ∂loss/∂volt, 1/V, from the twin.</param>
    /// <param name="dactuators">[actuator], ∂loss/∂volt summed over shots, 1/V, from the twin.</param>
    /// <param name="dunit">[shot, branch, data slot]: holds what came through the skip; the physics' share is added.</param>
    /// <param name="dpenalty">[shot, branch, data slot]: the penalty's share, which acts on clamped units too.</param>
    /// <param name="dinput">[shot, input]; overwritten.</param>
    /// <param name="gradient">[parameter]; added to.</param>
    public void EncodeVjp(
        int layer, LayerTape tape, int shots, ReadOnlySpan<float> dslots, ReadOnlySpan<float> dactuators, Span<float> dunit, Span<float> dpenalty,
        Span<float> dinput, float[] gradient)
    {
        LayerParameters at = _layers[layer];
        SlotEncoder.Vjp(tape.Unit, at.Theta.Of(Parameters), shots * Shape.Branches, Shape.Plan, Shape.DriveRange, dslots, dunit, at.Theta.Of(gradient));
        for (int i = 0; i < dunit.Length; i++) { dunit[i] += dpenalty[i]; }
        Span<float> units = at.Actuators.Of(Parameters), dunits = at.Actuators.Of(gradient);
        int a = 0;
        foreach (ActuatorPort port in Shape.Actuators)
        {
            float span = port.Range.MaxVolts - port.Range.MinVolts;
            for (int end = a + port.Count; a < end; a++)
            {
                if (SlotEncoder.Inside(units[a])) { dunits[a] += dactuators[a] * span; }
            }
        }

        if (at.Weight.Length > 0)
        {
            Dense.Vjp(tape.Input, shots, at.Weight.Of(Parameters), dunit, layer == 0 ? [] : dinput, at.Weight.Of(gradient), at.Offset.Of(gradient));
        }
        else
        {
            DataAffine.Vjp(tape.Input, shots, _sources[layer], at.Scale.Of(Parameters), dunit, dinput, at.Scale.Of(gradient), at.Offset.Of(gradient));
        }
    }

    /// <summary>What was applied and measured, and what the next layer (or the readout) receives of it.</summary>
    /// <param name="tape">Applied and Windows are written.</param>
    /// <param name="carried">[shot, branch, window], 1; overwritten.</param>
    public void Decode(int layer, Measurement measurement, LayerTape tape, Span<float> carried)
    {
        AppliedSlots.Forward(measurement, Shape.Plan, tape.Applied);
        tape.AppliedActuators = measurement.AppliedActuatorVolts;
        WindowDecoder.Forward(measurement.Volts, measurement.Shots, Shape.Plan, tape.Windows);
        Carry.Forward(tape.Windows, tape.Applied, measurement.Shots, Shape.Plan, Shape.DriveRange, Scale, Skip(layer), carried);
    }

    /// <param name="dcarried">[shot, branch, window].</param>
    /// <param name="dwindows">[shot, branch, window], 1/V; overwritten.</param>
    /// <param name="dunit">[shot, branch, data slot]; overwritten with the share that went through the skip.</param>
    /// <param name="gradient">[parameter]; added to.</param>
    public void DecodeVjp(int layer, LayerTape tape, int shots, ReadOnlySpan<float> dcarried, Span<float> dwindows, Span<float> dunit, float[] gradient)
    {
        float unused = 0;
        ref float dskip = ref Shape.TrainSkip ? ref _layers[layer].Skip.Of(gradient)[0] : ref unused;
        Carry.Vjp(tape.Applied, shots * Shape.Branches, Shape.Plan, Shape.DriveRange, Scale, Skip(layer), dcarried, dwindows, dunit, ref dskip);
    }

    /// <param name="carried">[shot, branch, window], of the last layer.</param> <param name="logits">[shot, class]; overwritten.</param>
    public void Read(ReadOnlySpan<float> carried, int shots, Span<float> logits) => _readout.Forward(carried, shots, Parameters, logits);

    /// <param name="dcarried">[shot, branch, window]; overwritten.</param> <param name="gradient">[parameter]; added to.</param>
    public void ReadVjp(ReadOnlySpan<float> carried, int shots, ReadOnlySpan<float> dlogits, Span<float> dcarried, float[] gradient) =>
        _readout.Vjp(carried, shots, Parameters, dlogits, dcarried, gradient);

    private float? Skip(int layer) => Shape.TrainSkip ? _layers[layer].Skip.Of(Parameters)[0] : null;

    private LayerParameters LayerOf(ParameterLayout layout, int l)
    {
        bool dense = l == 0 && Shape.Input == InputKind.Dense;
        int scales = Shape.Rescale == RescaleKind.Element ? Shape.Units : 1;
        return new LayerParameters(
            layout.Add($"layer{l}.theta", Shape.Branches * Shape.Plan.ParameterSlots, Shape.Plan.ParameterSlots),
            layout.Add($"layer{l}.actuators", Shape.ActuatorCount),
            layout.Add($"layer{l}.weight", dense ? Shape.Units * Shape.Features : 0, Shape.Features),
            layout.Add($"layer{l}.scale", dense ? 0 : scales),
            layout.Add($"layer{l}.offset", dense ? Shape.Units : scales),
            layout.Add($"layer{l}.skip", Shape.TrainSkip ? 1 : 0));
    }
}
