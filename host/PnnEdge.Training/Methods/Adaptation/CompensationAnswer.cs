using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Methods.Adaptation;

/// <summary><see cref="DriftAnswer.Compensation"/>: reference frames before the drift and again in each stage.</summary>
public sealed class CompensationAnswer(PhysicalNetwork network, CompensatedSystem system) : IDriftAnswer
{
    public DriftAnswer Kind => DriftAnswer.Compensation;

    public PhysicalNetwork Network => network;

    public IPhysicalSystem System => system;

    public int PassesPerStage => system.Frames.Count;

    public ReadoutCorrection Correction => system.Correction;

    public Task PrepareAsync(ulong firstShot, CancellationToken cancellation) => system.RememberAsync(firstShot, cancellation);

    public Task AnswerAsync(ulong firstShot, CancellationToken cancellation) => system.CompensateAsync(firstShot, cancellation);
}
