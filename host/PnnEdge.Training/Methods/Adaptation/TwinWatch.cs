using PnnEdge.Training.Networks;
using PnnEdge.Training.Twins;

namespace PnnEdge.Training.Methods.Adaptation;

/// <summary>How far a twin is off on what training just measured, before anybody refits it to that.</summary>
public sealed class TwinWatch(ITwin twin)
{
    /// <summary>Of the last step: √(Σ error²/Σ (y − mean of its window)²) over its layers; NaN before the first.</summary>
    public double Nrmse { get; private set; } = double.NaN;

    /// <param name="tapes">[layer].</param>
    public void Observe(IReadOnlyList<LayerTape> tapes)
    {
        var step = new ShotSet();
        foreach (LayerTape tape in tapes)
        {
            step.Add(new ShotCall(tape.Windows.Length / twin.Outputs, [.. tape.Applied], [.. tape.AppliedActuators], [.. tape.Windows]));
        }

        Nrmse = TwinFitting.Nrmse(twin, step);
    }
}
