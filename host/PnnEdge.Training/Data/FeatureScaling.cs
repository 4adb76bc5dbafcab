namespace PnnEdge.Training.Data;

/// <summary>A fixed affine per feature that maps the training set's range onto [0, 1]; the drive range is then used fully.</summary>
public static class FeatureScaling
{
    /// <summary>Scales all three sets by the range of the first; samples of the others may lie a little outside.</summary>
    public static TaskData ToTrainRange(TaskData data)
    {
        int features = data.Train.FeatureCount;
        float[] low = new float[features], high = new float[features];
        low.AsSpan().Fill(float.PositiveInfinity);
        high.AsSpan().Fill(float.NegativeInfinity);
        for (int i = 0; i < data.Train.Features.Length; i++)
        {
            low[i % features] = Math.Min(low[i % features], data.Train.Features[i]);
            high[i % features] = Math.Max(high[i % features], data.Train.Features[i]);
        }

        return new TaskData(Scaled(data.Train), Scaled(data.Validation), Scaled(data.Test));

        Dataset Scaled(Dataset set) => set with
        {
            // A feature that never changes carries nothing; it rests at 0.
            Features = [.. set.Features.Select((x, i) => high[i % features] > low[i % features] ? (x - low[i % features]) / (high[i % features] - low[i % features]) : 0f)],
        };
    }
}
