namespace PnnEdge.Training.Methods.Adaptation;

/// <summary>
/// Where a phase of drift lies among the logical shots: a test, what an answer prepares, then stages of equal length, each with the answer at its
/// start and the test at its end. What lies between them is the network in use, which nobody needs to play.
/// </summary>
/// <param name="FirstShot">The test before the drift.</param>
/// <param name="TestShots">Of one test.</param>
/// <param name="AnswerShots">Most that an answer plays, in a stage or to prepare.</param>
/// <param name="Stages">How many.</param>
/// <param name="StageShots">Of each.</param>
public sealed record DriftTimeline(ulong FirstShot, int TestShots, int AnswerShots, int Stages, int StageShots)
{
    /// <exception cref="ArgumentException">A stage is too short for what happens in it.</exception>
    public DriftTimeline Checked() => Stages >= 1 && LeastStageShots <= StageShots
        ? this
        : throw new ArgumentException(
            $"Asked for {Stages} stages of {StageShots} shots; it takes at least one, of at least {LeastStageShots} shots: {AnswerShots} to answer the drift and {TestShots} to test.");

    /// <summary>The shortest stage that holds an answer and a test.</summary>
    public int LeastStageShots => AnswerShots + TestShots;

    public ulong Preparation => FirstShot + (ulong)TestShots;

    /// <summary>The first shot that drifts.</summary>
    public ulong DriftFirst => Preparation + (ulong)AnswerShots;

    /// <param name="stage">From 1.</param>
    public ulong Answer(int stage) => DriftFirst + ((ulong)(stage - 1) * (ulong)StageShots);

    /// <param name="stage">From 1; 0 is before the drift.</param>
    public ulong Test(int stage) => stage == 0 ? FirstShot : Answer(stage + 1) - (ulong)TestShots;
}
