using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Networks;

/// <summary>A deep physical network: the digital code around each pass through a physical system, and every trainable number.</summary>
/// <remarks>It holds no reference to a system or a twin: the same network runs on either. Each stage stands beside its reverse.</remarks>
public sealed class PhysicalNetwork
{
    private readonly LayerParameters[] _layers;
    private readonly int[][] _sources;
    private readonly ParameterSegment _attenuation;
    private readonly ParameterSegment _classOffset;

    public PhysicalNetwork(NetworkShape shape, OutputScale scale)
    {
        Shape = shape.Checked();
        Scale = float.IsFinite(scale.MeanVolts) && scale.SpreadVolts > 0 && float.IsFinite(scale.SpreadVolts)
            ? scale
            : throw new ArgumentException($"An output scale of {scale.MeanVolts} ± {scale.SpreadVolts} V cannot divide a measurement.", nameof(scale));
        var layout = new ParameterLayout();
        _layers = [.. Enumerable.Range(0, shape.Layers).Select(l => new LayerParameters(
            layout.Add($"layer{l}.theta", shape.Plan.ParameterSlots),
            layout.Add($"layer{l}.actuators", shape.Actuators.Count),
            layout.Add($"layer{l}.scale", 1),
            layout.Add($"layer{l}.offset", 1),
            layout.Add($"layer{l}.skip", shape.TrainSkip ? 1 : 0)))];
        _attenuation = layout.Add("readout.attenuation", shape.Classes);
        _classOffset = layout.Add("readout.offset", shape.Classes);
        _sources = [.. Enumerable.Range(0, shape.Layers).Select(l => Wiring.Sources(InputsOf(l), shape.Plan.DataSlots, l, shape.Order, shape.WiringSeed))];
        Layout = layout;
        Parameters = new float[layout.Count];
    }

    public NetworkShape Shape { get; }

    public OutputScale Scale { get; }

    public ParameterLayout Layout { get; }

    /// <summary>[parameter]: every trainable number, laid out by <see cref="Layout"/>.</summary>
    public float[] Parameters { get; }

    public IReadOnlyList<LayerParameters> Layers => _layers;

    public int InputsOf(int layer) => layer == 0 ? Shape.Features : Shape.Plan.Windows;

    /// <summary>Start values: θ across the middle of the range, actuators at its centre, features as they are, measured windows within ±2 spreads of the range.</summary>
    public void Initialise(ulong seed)
    {
        var random = new SeededRandom(seed, stream: 0x1A1);
        for (int l = 0; l < Shape.Layers; l++)
        {
            LayerParameters at = _layers[l];
            foreach (ref float theta in at.Theta.Of(Parameters)) { theta = 0.15f + (0.7f * random.NextSingle()); }
            at.Actuators.Of(Parameters).Fill(0.5f);
            at.Scale.Of(Parameters)[0] = l == 0 ? 1f : 0.25f;
            at.Offset.Of(Parameters)[0] = l == 0 ? 0f : 0.5f;
            at.Skip.Of(Parameters).Fill(0.5f);
        }

        _attenuation.Of(Parameters).Fill(1f);
        _classOffset.Of(Parameters).Clear();
    }

    public void SetLayerInput(int layer, float scale, float offset)
    {
        _layers[layer].Scale.Of(Parameters)[0] = scale;
        _layers[layer].Offset.Of(Parameters)[0] = offset;
    }

    /// <summary>Starts each class at logits of mean 0 and spread <see cref="NetworkShape.LogitSharpness"/> over these shots.</summary>
    /// <param name="carried">[shot, window], 1, of the last layer.</param>
    public void StandardiseReadout(ReadOnlySpan<float> carried, int shots)
    {
        float[] logits = new float[shots * Shape.Classes], ofClass = new float[shots];
        _attenuation.Of(Parameters).Fill(1f);
        _classOffset.Of(Parameters).Clear();
        Read(carried, shots, logits);
        for (int c = 0; c < Shape.Classes; c++)
        {
            for (int s = 0; s < shots; s++) { ofClass[s] = logits[(s * Shape.Classes) + c]; }
            (double mean, double spread) = NetworkCalibration.Moments(ofClass);
            float attenuation = (float)Math.Min(Shape.LogitSharpness / spread, 10);
            _attenuation.Of(Parameters)[c] = attenuation;
            _classOffset.Of(Parameters)[c] = (float)(-attenuation * mean);
        }
    }

    /// <summary>The waveform that carries a layer's input and θ.</summary>
    /// <param name="tape">Input is read, Unit is written.</param>
    /// <param name="volts">[shot, sample], V; overwritten.</param>
    /// <returns>Actuator volts of the layer, and how many slots and actuators had to be clamped.</returns>
    public (float[] ActuatorVolts, int Clamped) Encode(int layer, LayerTape tape, int shots, Span<float> volts)
    {
        LayerParameters at = _layers[layer];
        DataAffine.Forward(tape.Input, shots, _sources[layer], Value(at.Scale), Value(at.Offset), tape.Unit);
        int clamped = SlotEncoder.Forward(tape.Unit, at.Theta.Of(Parameters), shots, Shape.Plan, Shape.DriveRange, volts);
        float[] actuators = new float[Shape.Actuators.Count];
        for (int a = 0; a < actuators.Length; a++)
        {
            actuators[a] = SlotEncoder.ToVolts(at.Actuators.Of(Parameters)[a], Shape.Actuators[a].Range, ref clamped);
        }

        return (actuators, clamped);
    }

    /// <param name="dapplied">[shot, slot then actuator], ∂loss/∂volt, 1/V, from the twin.</param>
    /// <param name="dunit">[shot, data slot]: holds what came through skip and penalty; the physics' share is added.</param>
    /// <param name="dinput">[shot, input]; overwritten.</param>
    /// <param name="gradient">[parameter]; added to.</param>
    public void EncodeVjp(int layer, LayerTape tape, int shots, ReadOnlySpan<float> dapplied, Span<float> dunit, Span<float> dpenalty, Span<float> dinput, float[] gradient)
    {
        LayerParameters at = _layers[layer];
        SlotEncoder.Vjp(tape.Unit, at.Theta.Of(Parameters), shots, Shape.Plan, Shape.DriveRange, dapplied, Shape.TwinInputs, dunit, at.Theta.Of(gradient));
        for (int i = 0; i < dunit.Length; i++) { dunit[i] += dpenalty[i]; }
        for (int a = 0; a < Shape.Actuators.Count; a++)
        {
            VoltRange range = Shape.Actuators[a].Range;
            if (!SlotEncoder.Inside(at.Actuators.Of(Parameters)[a])) { continue; }
            double sum = 0;
            for (int s = 0; s < shots; s++) { sum += dapplied[(s * Shape.TwinInputs) + Shape.Plan.Slots + a]; }
            at.Actuators.Of(gradient)[a] += (float)(sum * (range.MaxVolts - range.MinVolts));
        }

        DataAffine.Vjp(tape.Input, shots, _sources[layer], Value(at.Scale), dunit, dinput, ref at.Scale.Of(gradient)[0], ref at.Offset.Of(gradient)[0]);
    }

    /// <summary>What was applied and measured, and what the next layer (or the readout) receives of it.</summary>
    /// <param name="tape">Applied and Windows are written.</param>
    /// <param name="carried">[shot, window], 1; overwritten.</param>
    public void Decode(int layer, Measurement measurement, LayerTape tape, Span<float> carried)
    {
        AppliedSlots.Forward(measurement, Shape.Plan, tape.Applied);
        WindowDecoder.Forward(measurement.Volts, measurement.Shots, Shape.Plan, tape.Windows);
        Carry.Forward(tape.Windows, tape.Applied, measurement.Shots, Shape.Plan, Shape.DriveRange, Scale, Skip(layer), carried);
    }

    /// <param name="dcarried">[shot, window].</param>
    /// <param name="dwindows">[shot, window], 1/V; overwritten.</param>
    /// <param name="dunit">[shot, data slot]; overwritten with the share that went through the skip.</param>
    /// <param name="gradient">[parameter]; added to.</param>
    public void DecodeVjp(int layer, LayerTape tape, int shots, ReadOnlySpan<float> dcarried, Span<float> dwindows, Span<float> dunit, float[] gradient)
    {
        float unused = 0;
        ref float dskip = ref Shape.TrainSkip ? ref _layers[layer].Skip.Of(gradient)[0] : ref unused;
        Carry.Vjp(tape.Applied, shots, Shape.Plan, Shape.DriveRange, Scale, Skip(layer), dcarried, dwindows, dunit, ref dskip);
    }

    /// <param name="carried">[shot, window], of the last layer.</param> <param name="logits">[shot, class]; overwritten.</param>
    public void Read(ReadOnlySpan<float> carried, int shots, Span<float> logits) =>
        ClassReadout.Forward(carried, shots, _attenuation.Of(Parameters), _classOffset.Of(Parameters), Shape.LogitSharpness, logits);

    /// <param name="dcarried">[shot, window]; overwritten.</param> <param name="gradient">[parameter]; added to.</param>
    public void ReadVjp(ReadOnlySpan<float> carried, int shots, ReadOnlySpan<float> dlogits, Span<float> dcarried, float[] gradient) =>
        ClassReadout.Vjp(carried, shots, _attenuation.Of(Parameters), Shape.LogitSharpness, dlogits, dcarried, _attenuation.Of(gradient), _classOffset.Of(gradient));

    private float Value(ParameterSegment segment) => segment.Of(Parameters)[0];

    private float? Skip(int layer) => Shape.TrainSkip ? Value(_layers[layer].Skip) : null;
}
