using PnnEdge.Physics;

namespace PnnEdge.Benchmarks.Physics;

/// <summary>One system to measure, beside the program that its tests trust.</summary>
/// <param name="Name">As it stands in a figure's name.</param>
/// <param name="DriveVolts">Of so many shots: [shot, sample], V.</param>
/// <param name="Bench">A typical unit with noise and drift, on so many threads.</param>
/// <param name="Ideal">The equations alone, as the rival has them.</param>
/// <param name="ActuatorVolts">[actuator], V.</param>
/// <param name="RivalShots">How many shots the rival gets per round: about a second of its work.</param>
/// <param name="LargestError">Rms difference of ideal and rival, relative to the rival's rms, up to which both solve the same equations.</param>
/// <param name="LeastRatio">Promised: passes of the bench on one thread for each of the rival's.</param>
internal sealed record SimulatedSystem(
    string Name,
    int SamplesPerShot,
    Func<int, float[]> DriveVolts,
    Func<int, IBenchPhysics> Bench,
    IBenchPhysics Ideal,
    float[] ActuatorVolts,
    IRival Rival,
    int RivalShots,
    double LargestError,
    double LeastRatio);
