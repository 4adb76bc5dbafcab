using PnnEdge.Numerics.Chance;
using PnnEdge.Numerics.Optimizers;
using PnnEdge.Training.Networks;

namespace PnnEdge.Training.Twins.Adaptive;

/// <summary>A twin that follows its system: it remembers pairs that physics-aware training produced anyway, and is refitted to them every so many steps.</summary>
/// <remarks>It costs no shot. What it draws is a function of seed and refit, so a restored one continues bit for bit; it moves the parameters of the twin that it was given.</remarks>
public sealed class AdaptiveTwin : ITwin
{
    private readonly ITrainableTwin _twin;
    private readonly AdaptiveSettings _settings;
    private readonly ulong _seed;
    private readonly ShotMemory _memory;
    private readonly Adam _adam;
    private readonly float[] _gradient;

    public AdaptiveTwin(ITrainableTwin twin, AdaptiveSettings settings, ulong seed)
    {
        (_twin, _settings, _seed) = (twin, settings.Checked(), seed);
        _memory = new ShotMemory(settings.WindowShots, twin.Slots + twin.Actuators, twin.Outputs);
        _adam = new Adam(twin.Parameters.Length);
        _gradient = new float[twin.Parameters.Length];
    }

    public int Slots => _twin.Slots;

    public int Actuators => _twin.Actuators;

    public int Outputs => _twin.Outputs;

    /// <summary>Shots remembered now.</summary>
    public int Remembered => _memory.Count;

    /// <summary>Training steps seen.</summary>
    public int Steps { get; private set; }

    public int Refits => Steps / _settings.EverySteps;

    public void Forward(ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots, Span<float> y) => _twin.Forward(slots, actuators, shots, y);

    public void Vjp(
        ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots, ReadOnlySpan<float> dy, Span<float> dslots, Span<float> dactuators) =>
        _twin.Vjp(slots, actuators, shots, dy, dslots, dactuators);

    /// <summary>Takes what one training step applied and measured; the trainer tells it.</summary>
    /// <param name="tapes">[layer].</param>
    public void Observe(IReadOnlyList<LayerTape> tapes)
    {
        foreach (LayerTape tape in tapes) { Remember(tape.Applied, tape.AppliedActuators, tape.Windows); }
        EndStep();
    }

    /// <param name="slots">[shot, slot], V, applied.</param> <param name="actuators">[actuator], V, set.</param> <param name="windows">[shot, window], V, measured.</param>
    public void Remember(ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, ReadOnlySpan<float> windows)
    {
        int shots = slots.Length / Slots, taken = Math.Min(shots, _settings.ShotsPerLayer);
        for (int i = 0; i < taken; i++)
        {
            int shot = (int)((long)i * shots / taken);
            _memory.Add(slots.Slice(shot * Slots, Slots), actuators, windows.Slice(shot * Outputs, Outputs));
        }
    }

    /// <summary>Counts a training step, and refits when it is time.</summary>
    public void EndStep()
    {
        Steps++;
        if (Steps % _settings.EverySteps == 0 && _memory.Count > 0) { Refit(); }
    }

    /// <summary>Everything needed to go on from here; arrays are copies.</summary>
    public AdaptiveState Export() => new(
        [.. _twin.Parameters], [.. _memory.X], [.. _memory.Y], _memory.Next, Steps, [.. _adam.FirstMoment], [.. _adam.SecondMoment], _adam.Steps);

    /// <exception cref="ArgumentException">The state belongs to another twin or other settings.</exception>
    public void Import(AdaptiveState state)
    {
        if (state.Parameters.Length != _twin.Parameters.Length || state.Steps < 0)
        {
            throw new ArgumentException($"This state is of a twin of {state.Parameters.Length} parameters after {state.Steps} steps; the twin has {_twin.Parameters.Length}.", nameof(state));
        }

        _memory.Restore(state.X, state.Y, state.Next);
        _adam.Restore(state.FirstMoment, state.SecondMoment, state.OptimizerSteps);
        state.Parameters.CopyTo(_twin.Parameters.AsSpan());
        Steps = state.Steps;
    }

    private void Refit()
    {
        if (_settings.Scope == RefitScope.LastLayer)
        {
            LastLayerFit.Run(_twin, _memory.X, _memory.Y, _memory.Count, _settings.Ridge);
            return;
        }

        var random = new SeededRandom(_seed, stream: 0xADA0000 + (ulong)Refits);
        int batch = Math.Min(_settings.BatchShots, _memory.Count);
        float[] x = new float[batch * (Slots + Actuators)], y = new float[batch * Outputs];
        for (int step = 0; step < _settings.FitSteps; step++)
        {
            for (int i = 0; i < batch; i++) { _memory.Copy(random.NextInt32(_memory.Count), i, x, y); }
            double loss = _twin.LossGradient(x, y, batch, _gradient);
            if (!double.IsFinite(loss)) { throw new InvalidOperationException($"The twin's error is {loss} in refit {Refits}; try a lower rate than {_settings.LearningRate}."); }
            _adam.Step(_twin.Parameters, _gradient, _settings.LearningRate);
        }
    }
}

/// <summary>An adaptive twin between two steps.</summary>
/// <param name="Parameters">Of the twin.</param>
/// <param name="X">[shot, slot then actuator], V, remembered.</param> <param name="Y">[shot, window], V, remembered.</param>
/// <param name="Next">Where the next shot goes.</param>
/// <param name="Steps">Training steps seen.</param>
public sealed record AdaptiveState(
    float[] Parameters, float[] X, float[] Y, int Next, int Steps, float[] FirstMoment, float[] SecondMoment, int OptimizerSteps);
