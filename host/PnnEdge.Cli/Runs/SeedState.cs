using PnnEdge.Training.Coding;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Twins;

namespace PnnEdge.Cli.Runs;

/// <summary>How far one seed has come. Every part is null until it is there; a resumed run does the parts that are null.</summary>
public sealed class SeedState(ulong seed)
{
    public ulong Seed { get; } = seed;

    /// <summary>Id of the calibration of the bench that it is trained on; null for none.</summary>
    public string? Calibration { get; set; }

    public TwinOutcome? Twin { get; set; }

    /// <summary>What each method has come to; a method that is not here has not begun.</summary>
    public Dictionary<Method, MethodState> Methods { get; init; } = [];

    /// <summary>Softmax regression's test accuracy, 0 to 1.</summary>
    public double? Baseline { get; set; }

    public Tally Tally { get; set; }

    public MethodState Of(Method method)
    {
        if (!Methods.TryGetValue(method, out MethodState? state)) { Methods[method] = state = new MethodState(); }
        return state;
    }

    public bool HasFinished(IEnumerable<Method> methods) => Baseline is not null && methods.All(method => Methods.TryGetValue(method, out MethodState? state) && state.Finished);
}

/// <summary>One method's training and tests; every part is null until it is there.</summary>
public sealed class MethodState
{
    public TrainerState? Training { get; set; }

    /// <summary>Test accuracy through what it was trained on, 0 to 1; null for a method that trains on the physical system.</summary>
    public double? Claimed { get; set; }

    /// <summary>Test accuracy through the physical system, 0 to 1.</summary>
    public double? Delivered { get; set; }

    public bool Finished => Delivered is not null;
}

/// <param name="OutputScale">Of the measured windows; fixed in every network of this seed.</param>
/// <param name="NextShot">The first logical shot after the twin's.</param>
public sealed record TwinOutcome(OutputScale OutputScale, double HeldOutNrmse, int Shots, FidelityReport Fidelity, ulong NextShot);

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
}
