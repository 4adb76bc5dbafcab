using PnnEdge.Training.Methods.Rivals;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.Training.Methods;

/// <summary>What a method goes forward through, and what it knows of the physics.</summary>
public enum MethodRig
{
    /// <summary>The system, and a twin that was fitted to random shots of it.</summary>
    SystemAndTwin,

    /// <summary>The twin alone: in silico.</summary>
    Twin,

    /// <summary>The twin with the system's noise.</summary>
    NoisyTwin,

    /// <summary>The system, and its nominal equations.</summary>
    SystemAndEquations,

    /// <summary>The system alone.</summary>
    System,
}

/// <summary>What a method is made of.</summary>
/// <param name="System">What it goes forward through.</param>
/// <param name="Twin">What it knows of the physics; null with <see cref="MethodRig.System"/>.</param>
public sealed record MethodParts(PhysicalNetwork Network, IPhysicalSystem System, ITwin? Twin, RangePenalty Penalty, MethodTuning Tuning, ulong Seed, TimeProvider Time)
{
    internal ITwin RequiredTwin => Twin ?? throw new ArgumentException("This method needs a twin, and there is none.");
}

/// <summary>A way to train, by name.</summary>
/// <param name="Name">In files and options.</param> <param name="Title">For a person.</param> <param name="Source">Who describes it.</param>
/// <param name="Perturbs">It takes <see cref="MethodTuning.Perturbation"/>.</param>
/// <param name="Directs">It takes <see cref="MethodTuning.Directions"/>.</param>
public sealed record MethodEntry(string Name, string Title, string Source, MethodRig Rig, bool Perturbs, bool Directs, Func<MethodParts, ITrainingMethod> Build);

/// <summary>Every training method; a further one is added here and nowhere else.</summary>
public static class MethodCatalogue
{
    private static readonly int[] ErrorWidths = [100];

    public static IReadOnlyList<MethodEntry> All { get; } =
    [
        new("pat", "physics-aware training", "Wright et al., Nature 601, 549 (2022)", MethodRig.SystemAndTwin, false, false, PhysicsAwareOf),
        new("in_silico", "in silico", "Wright et al., Nature 601, 549 (2022)", MethodRig.Twin, false, false, PhysicsAwareOf),
        new("noise_aware", "noise-aware in silico", "Joshi et al., Nat. Commun. 11, 2473 (2020)", MethodRig.NoisyTwin, false, false, PhysicsAwareOf),
        new("sharpness_aware", "sharpness-aware PAT", "Foret et al., ICLR (2021); Xu et al., arXiv 2411.12352", MethodRig.SystemAndTwin, true, false,
            of => new SharpnessAware(of.Network, PhysicsAwareOf(of), of.Tuning.Perturbation ?? 0.05f)),
        new("dual_adaptive", "dual adaptive training", "Zheng et al., Nat. Mach. Intell. 5, 1119 (2023)", MethodRig.SystemAndEquations, false, false,
            of => new DualAdaptive(of.Network, of.System, new ErrorTwin(of.RequiredTwin, ErrorWidths, learningRate: 2e-3, stepsPerLayer: 2, of.Seed), of.Penalty, of.Time)),
        new("dfa", "direct feedback alignment", "Nøkland, NeurIPS (2016)", MethodRig.SystemAndTwin, false, false,
            of => new DirectFeedback(of.Network, of.System, of.RequiredTwin, of.Penalty, of.Seed, of.Time)),
        new("augmented_dfa", "augmented DFA", "Nakajima et al., Nat. Commun. 13, 7847 (2022)", MethodRig.System, false, false,
            of => new AugmentedFeedback(of.Network, of.System, of.Penalty, of.Seed, of.Time)),
        new("local", "forward-forward, local", "Hinton, arXiv 2212.13345; Momeni et al., Science 382, 1297 (2023)", MethodRig.SystemAndTwin, false, false,
            of => new LocalLearning(of.Network, of.System, of.RequiredTwin, of.Penalty, of.Time)),
        new("spsa", "SPSA", "Spall, IEEE Trans. Autom. Control 37, 332 (1992)", MethodRig.System, true, true, of => Simultaneous(of, directions: 1, twoSided: true)),
        new("multiplexed", "multiplexed gradient descent", "McCaughan et al., APL Mach. Learn. 1, 026118 (2023)", MethodRig.System, true, true, of => Simultaneous(of, directions: 8, twoSided: false)),
        new("finite_differences", "finite differences", "Dennis and Schnabel (1983), section 5.4", MethodRig.System, true, false,
            of => new FiniteDifferences(of.Network, of.System, of.Penalty, of.Tuning.Perturbation ?? 0.05f, of.Time)),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(method => method.Name)];

    private static PhysicsAware PhysicsAwareOf(MethodParts of) => new(of.Network, of.System, of.RequiredTwin, of.Penalty, of.Time);

    private static SimultaneousPerturbation Simultaneous(MethodParts of, int directions, bool twoSided) => new(
        of.Network, of.System, of.Penalty, of.Tuning.Perturbation ?? 0.02f, of.Tuning.Directions ?? directions, twoSided, of.Seed, of.Time);
}
