using PnnEdge.Training.Networks;

namespace PnnEdge.Training.Twins.Adaptive;

/// <summary>A twin that follows its system: it remembers pairs that physics-aware training produced anyway, and is refitted to them every so many steps.</summary>
/// <remarks>It costs no shot. What it draws is a function of seed and refit, so two that see the same pairs stay the same bit for bit.</remarks>
public sealed class AdaptiveTwin : ITwin
{
    private readonly ITwinRefit _refit;
    private readonly AdaptiveSettings _settings;
    private readonly ShotMemory _memory;

    /// <param name="refit">With the twin that it refits, whatever its kind.</param>
    public AdaptiveTwin(ITwinRefit refit, AdaptiveSettings settings)
    {
        (_refit, _settings) = (refit, settings.Checked());
        _memory = new ShotMemory(settings.WindowShots, Slots, Outputs);
    }

    /// <param name="twin">Its parameters move.</param>
    public AdaptiveTwin(ITrainableTwin twin, AdaptiveSettings settings, ulong seed) : this(new TrainableRefit(twin, settings, seed), settings)
    {
    }

    public int Slots => _refit.Twin.Slots;

    public int Actuators => _refit.Twin.Actuators;

    public int Outputs => _refit.Twin.Outputs;

    /// <summary>Shots remembered now.</summary>
    public int Remembered => _memory.Count;

    /// <summary>Training steps seen.</summary>
    public int Steps { get; private set; }

    public int Refits => Steps / _settings.EverySteps;

    public void Forward(ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots, Span<float> y) => _refit.Twin.Forward(slots, actuators, shots, y);

    public void Vjp(
        ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots, ReadOnlySpan<float> dy, Span<float> dslots, Span<float> dactuators) =>
        _refit.Twin.Vjp(slots, actuators, shots, dy, dslots, dactuators);

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
        float[] set = [.. actuators];
        int shots = slots.Length / Slots, taken = Math.Min(shots, _settings.ShotsPerLayer);
        for (int i = 0; i < taken; i++)
        {
            int shot = (int)((long)i * shots / taken);
            _memory.Add(slots.Slice(shot * Slots, Slots), set, windows.Slice(shot * Outputs, Outputs));
        }
    }

    /// <summary>Counts a training step, and refits when it is time.</summary>
    public void EndStep()
    {
        Steps++;
        if (Steps % _settings.EverySteps == 0 && _memory.Count > 0) { _refit.Run(_memory.Shots(), Refits); }
    }
}
