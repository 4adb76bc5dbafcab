using PnnEdge.Training.Coding;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Twins;

namespace PnnEdge.Cli.Runs;

/// <summary>How far one seed has come. Every part is null until it is there; a resumed run does the parts that are null.</summary>
public sealed class SeedState(ulong seed)
{
    public ulong Seed { get; } = seed;

    public TwinOutcome? Twin { get; set; }

    /// <summary>Physics-aware training, through the physical system.</summary>
    public TrainerState? Pat { get; set; }

    /// <summary>Test accuracy, 0 to 1.</summary>
    public double? PatTest { get; set; }

    /// <summary>The same network trained on the twin alone.</summary>
    public TrainerState? InSilico { get; set; }

    /// <summary>Its test accuracy through the twin, 0 to 1.</summary>
    public double? InSilicoClaimed { get; set; }

    /// <summary>Its test accuracy through the physical system, 0 to 1.</summary>
    public double? InSilicoDeployed { get; set; }

    /// <summary>Softmax regression's test accuracy, 0 to 1.</summary>
    public double? Baseline { get; set; }

    public Tally Tally { get; set; }

    public bool Finished => PatTest is not null && InSilicoDeployed is not null && Baseline is not null;
}

/// <param name="OutputScale">Of the measured windows; fixed in every network of this seed.</param>
public sealed record TwinOutcome(OutputScale OutputScale, double HeldOutNrmse, int Shots, FidelityReport Fidelity);

/// <summary>What one seed has cost so far, over every session that worked on it.</summary>
/// <param name="SystemSeconds">Waiting for the physical system, link and physics together.</param>
/// <param name="PhysicsSeconds">The system's own converters at work.</param>
public readonly record struct Tally(
    long Passes, long FramesSent, long FramesRetried, long FramesRefused,
    double TotalSeconds, double SystemSeconds, double PhysicsSeconds, double TwinSeconds, double UpdateSeconds)
{
    public static Tally operator +(Tally a, Tally b) => new(
        a.Passes + b.Passes, a.FramesSent + b.FramesSent, a.FramesRetried + b.FramesRetried, a.FramesRefused + b.FramesRefused,
        a.TotalSeconds + b.TotalSeconds, a.SystemSeconds + b.SystemSeconds, a.PhysicsSeconds + b.PhysicsSeconds,
        a.TwinSeconds + b.TwinSeconds, a.UpdateSeconds + b.UpdateSeconds);

    public static Tally operator -(Tally a, Tally b) => new(
        a.Passes - b.Passes, a.FramesSent - b.FramesSent, a.FramesRetried - b.FramesRetried, a.FramesRefused - b.FramesRefused,
        a.TotalSeconds - b.TotalSeconds, a.SystemSeconds - b.SystemSeconds, a.PhysicsSeconds - b.PhysicsSeconds,
        a.TwinSeconds - b.TwinSeconds, a.UpdateSeconds - b.UpdateSeconds);
}
