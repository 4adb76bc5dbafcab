namespace PnnEdge.Cli.Results;

/// <summary>One row of <c>pnn reproduce</c>: the fields of <see cref="TrainSummary"/>, then the other methods and what an inference costs. A method that was not run is null; one run for fewer seeds than the row has their figures.</summary>
/// <param name="Paper">What the source reports, for a person.</param>
/// <param name="Goal">Mean accuracy of physics-aware training to reach, 0 to 1; null where none is set.</param>
/// <param name="GoalFurther">What else is asked, for a person; empty for nothing.</param>
/// <param name="GoalReached">All of it; null while a part was not run, or where none is set.</param>
/// <param name="NoiseAwareDeployed">Test accuracy through the physical system after noise-aware training in silico.</param>
/// <param name="NoiseAwareClaimed">What that training believes.</param>
/// <param name="IdealDeployed">The same after ideal backpropagation through the noise-free simulator.</param>
/// <param name="IdealClaimed">What ideal backpropagation believes.</param>
/// <param name="Clamp">Of a hybrid: its digital layers and the clamp without the physics.</param>
/// <param name="PassesPerInference">Shots played for one answer.</param>
/// <param name="SecondsPerInference">Of the bench itself, s: its converters, or a slower part of it; without the link.</param>
/// <param name="InferencesPerSecond">The other way round.</param>
/// <param name="JoulePerInference">Drawn from the drive, J; null where the model has no current.</param>
public sealed record ReproduceSummary(
    string Task,
    string System,
    int Seeds,
    AccuracyFigures? Pat,
    AccuracyFigures? InSilicoDeployed,
    AccuracyFigures? InSilicoClaimed,
    double DigitalBaseline,
    TwinFigures Twin,
    FrameFigures Frames,
    long Passes,
    TimeFigures Seconds,
    string Paper,
    double? Goal,
    string GoalFurther,
    bool? GoalReached,
    AccuracyFigures? NoiseAwareDeployed,
    AccuracyFigures? NoiseAwareClaimed,
    AccuracyFigures? IdealDeployed,
    AccuracyFigures? IdealClaimed,
    AccuracyFigures? Clamp,
    int PassesPerInference,
    double SecondsPerInference,
    double InferencesPerSecond,
    double? JoulePerInference);
