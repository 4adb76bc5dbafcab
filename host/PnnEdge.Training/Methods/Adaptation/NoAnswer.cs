using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Methods.Adaptation;

/// <summary><see cref="DriftAnswer.Nothing"/>.</summary>
public sealed class NoAnswer(PhysicalNetwork network, IPhysicalSystem system) : IDriftAnswer
{
    public DriftAnswer Kind => DriftAnswer.Nothing;

    public PhysicalNetwork Network => network;

    public IPhysicalSystem System => system;

    public int PassesPerStage => 0;

    public Task PrepareAsync(ulong firstShot, CancellationToken cancellation) => Task.CompletedTask;

    public Task AnswerAsync(ulong firstShot, CancellationToken cancellation) => Task.CompletedTask;
}
