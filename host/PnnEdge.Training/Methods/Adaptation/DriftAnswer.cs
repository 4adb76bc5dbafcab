using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Methods.Adaptation;

/// <summary>How a network in use meets a drift.</summary>
public enum DriftAnswer
{
    /// <summary>It does not.</summary>
    Nothing,

    /// <summary>Gain and offset of the readings are taken from reference frames and undone.</summary>
    Compensation,

    /// <summary>Physics-aware training goes on, backward through the twin as it was fitted before the drift.</summary>
    OldTwin,

    /// <summary>Physics-aware training goes on, and its own pairs refit the twin.</summary>
    RefitTwin,
}

/// <summary>One network that meets a drift in one way. Drift is a function of the logical shot, so what one plays does not move it for another.</summary>
public interface IDriftAnswer
{
    DriftAnswer Kind { get; }

    PhysicalNetwork Network { get; }

    /// <summary>What the network runs on.</summary>
    IPhysicalSystem System { get; }

    int PassesPerStage { get; }

    /// <summary>Once, before the drift.</summary>
    Task PrepareAsync(ulong firstShot, CancellationToken cancellation);

    /// <summary>At the start of each stage.</summary>
    Task AnswerAsync(ulong firstShot, CancellationToken cancellation);
}
