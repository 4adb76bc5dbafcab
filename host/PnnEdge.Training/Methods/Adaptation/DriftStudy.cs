using PnnEdge.Training.Data;

namespace PnnEdge.Training.Methods.Adaptation;

/// <summary>How several answers to one drift hold up, stage after stage. All are tested on the same logical shots, so noise and drift are the same for all.</summary>
public sealed class DriftStudy(IReadOnlyList<IDriftAnswer> answers, Dataset test, int batchShots, DriftTimeline timeline, TimeProvider time)
{
    private readonly DriftTimeline _timeline = timeline.Checked();

    /// <param name="reached">Told after every test of an answer.</param>
    /// <returns>[stage, answer]; stage 0 is before the drift.</returns>
    public async Task<IReadOnlyList<IReadOnlyList<AnswerScore>>> RunAsync(IProgress<AnswerScore>? reached, CancellationToken cancellation)
    {
        List<IReadOnlyList<AnswerScore>> stages = [];
        for (int stage = 0; stage <= _timeline.Stages; stage++)
        {
            List<AnswerScore> scores = [];
            foreach (IDriftAnswer answer in answers)
            {
                if (stage > 0) { await answer.AnswerAsync(_timeline.Answer(stage), cancellation); }
                Score score = await Evaluation.RunAsync(answer.Network, answer.System, test, batchShots, _timeline.Test(stage), time, cancellation);
                if (stage == 0) { await answer.PrepareAsync(_timeline.Preparation, cancellation); }
                scores.Add(new AnswerScore(stage, answer.Kind, score.Accuracy));
                reached?.Report(scores[^1]);
            }

            stages.Add(scores);
        }

        return stages;
    }
}

/// <param name="Stage">From 1; 0 is before the drift.</param>
/// <param name="Accuracy">0 to 1.</param>
public readonly record struct AnswerScore(int Stage, DriftAnswer Answer, double Accuracy);
